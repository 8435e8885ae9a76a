using System.Buffers.Binary;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace LayerPS.Archives;

/// <summary>Writes a <see cref="TarSplitFormat"/> file while its tar is read. The destination stays open.</summary>
internal sealed class TarSplitWriter : IDisposable
{
    private const int FlushSize = 64 * 1024;

    // Header records are half zeros; a shorter run costs more as a record of its own than it saves.
    private const int ShortestZeros = 24;

    private readonly TarOutput _output;
    private readonly CompressionStream _records;
    private readonly MemoryStream _raw = new(FlushSize * 2);
    private readonly MemoryStream _encoded = new(FlushSize * 3);
    private readonly Dictionary<PathKey, (int Number, long Size, SparseMap? Map)> _payloads = [];
    private readonly List<(int Number, long Offset, long Length)> _index = [];
    private readonly string _directory;
    private FileStream? _keptFile;
    private TarOutput? _kept;
    private int _count;

    /// <remarks>Payloads that must be kept go meanwhile into a nameless file of the directory's file system.</remarks>
    internal TarSplitWriter(Stream destination, string directory)
    {
        _directory = directory;
        _output = new TarOutput(destination);
        _output.Write(TarSplitFormat.Magic);
        _output.Write([TarSplitFormat.Version]);
        _records = new CompressionStream(_output, level: 1, leaveOpen: true);
        _records.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
    }

    /// <summary>Bytes of the tar that are in no file.</summary>
    internal void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> zeros = stackalloc byte[ShortestZeros];
        while (!bytes.IsEmpty)
        {
            int start = bytes.IndexOf(zeros);
            if (start < 0) start = bytes.Length;
            _raw.Write(bytes[..start]);
            if (_raw.Length >= FlushSize) FlushRaw();
            bytes = bytes[start..];
            int length = bytes.IndexOfAnyExcept((byte)0);
            if (length < 0) length = bytes.Length;
            if (length > 0) WriteZeros(length);
            bytes = bytes[length..];
        }
    }

    /// <summary>
    /// The payload that follows in the tar is what the file at <paramref name="path"/> is going to hold.
    /// </summary>
    internal void WritePayload(byte[] path, long size, SparseMap? map)
    {
        FlushRaw();
        _encoded.WriteByte(map is null ? TarSplitFormat.File : TarSplitFormat.Sparse);
        WriteNumber(path.Length);
        _encoded.Write(path);
        WriteNumber(map?.RealSize ?? size);
        if (map is not null)
        {
            WriteNumber(map.Ranges.Count);
            foreach (SparseRange range in map.Ranges)
            {
                WriteNumber(range.Offset);
                WriteNumber(range.Length);
            }
        }
        _payloads[new PathKey(path)] = (_count++, size, map);
    }

    /// <summary>Keeps the payload of a file that is about to be replaced; does nothing for one without.</summary>
    internal void Keep(byte[] path, SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        if (!_payloads.Remove(new PathKey(path), out (int Number, long Size, SparseMap? Map) payload)) return;
        _keptFile ??= OpenUnnamed(_directory);
        _kept ??= new TarOutput(_keptFile);
        int error = FileTree.TryOpenFile(parent, name, out SafeFileHandle? file);
        using (file)
        {
            if (error != 0) throw new LinuxException("openat", ByteText.Display(path), error);
            _index.Add((payload.Number, _kept.Count, payload.Size));
            PayloadCopier.Copy(file!, payload.Size, payload.Map, _kept, path);
        }
    }

    internal void Complete(long tarSize)
    {
        FlushRaw();
        _encoded.WriteByte(TarSplitFormat.End);
        WriteNumber(tarSize);
        FlushEncoded();
        _records.Dispose();
        long start = _output.Count;
        if (_keptFile is not null)
        {
            _kept!.Flush();
            _keptFile.Position = 0;
            _keptFile.CopyTo(_output);
        }
        WriteIndex(start);
        _output.Flush();
    }

    public void Dispose()
    {
        _records.Dispose();
        _raw.Dispose();
        _encoded.Dispose();
        _kept?.Dispose();
        _keptFile?.Dispose();
        _output.Dispose();
    }

    private static FileStream OpenUnnamed(string directory)
    {
        string path = Path.Combine(directory, Path.GetRandomFileName());
        FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        File.Delete(path);
        return file;
    }

    private void WriteIndex(long start)
    {
        long index = _output.Count;
        Span<byte> entry = stackalloc byte[TarSplitFormat.IndexEntrySize];
        foreach ((int number, long offset, long length) in _index)
        {
            BinaryPrimitives.WriteInt64LittleEndian(entry, number);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], start + offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], length);
            _output.Write(entry);
        }
        BinaryPrimitives.WriteInt64LittleEndian(entry, _index.Count);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], index);
        _output.Write(entry[..TarSplitFormat.FooterSize]);
    }

    private void WriteZeros(int length)
    {
        FlushRaw();
        _encoded.WriteByte(TarSplitFormat.Zeros);
        WriteNumber(length);
    }

    private void FlushRaw()
    {
        if (_raw.Length == 0) return;
        _encoded.WriteByte(TarSplitFormat.Raw);
        WriteNumber(_raw.Length);
        _encoded.Write(_raw.GetBuffer(), 0, (int)_raw.Length);
        _raw.SetLength(0);
        if (_encoded.Length >= FlushSize) FlushEncoded();
    }

    private void FlushEncoded()
    {
        _records.Write(_encoded.GetBuffer(), 0, (int)_encoded.Length);
        _encoded.SetLength(0);
    }

    private void WriteNumber(long value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int length = 0;
        ulong rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7) bytes[length++] = (byte)(rest | 0x80);
        bytes[length++] = (byte)rest;
        _encoded.Write(bytes[..length]);
    }
}
