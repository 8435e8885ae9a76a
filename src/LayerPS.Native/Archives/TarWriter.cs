using System.Globalization;
using System.Text;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>
/// Writes a tar archive: ustar headers, with a PAX header before those that hold what ustar cannot. The same entries
/// give the same bytes. The destination stays open.
/// </summary>
internal sealed class TarWriter(Stream destination, CancellationToken cancellationToken = default) : IDisposable
{
    private readonly TarOutput _output = new(destination, cancellationToken);

    /// <summary>How many bytes were written.</summary>
    internal long Position => _output.Count;

    /// <summary>Writes an entry without payload.</summary>
    internal void Write(TarEntry entry) => Write(entry, ReadOnlySpan<byte>.Empty);

    /// <summary>Writes a file with the content given, which must be as long as the entry says.</summary>
    internal void Write(TarEntry entry, ReadOnlySpan<byte> content)
    {
        if (entry.PayloadSize != content.Length)
            throw new ArgumentException("The content is not as long as the entry says.", nameof(content));
        WriteHeaders(entry);
        _output.Write(content);
        Pad();
    }

    /// <summary>Writes a file with the content of a stream, of which just as much is read as the entry says.</summary>
    /// <exception cref="EndOfStreamException">The stream is shorter.</exception>
    internal void Write(TarEntry entry, Stream content)
    {
        WriteHeaders(entry);
        byte[] buffer = new byte[(int)Math.Min(entry.PayloadSize, 1024 * 1024)];
        for (long left = entry.PayloadSize; left > 0;)
        {
            int read = content.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0) throw new EndOfStreamException();
            _output.Write(buffer, 0, read);
            left -= read;
        }
        Pad();
    }

    /// <summary>
    /// Writes a file with the content of an open file, or the ranges of it that the entry's sparse map names. What is
    /// missing because the file became shorter is written as zeros, as every tar does.
    /// </summary>
    /// <returns>False where something was missing.</returns>
    internal bool Write(TarEntry entry, SafeFileHandle file)
    {
        WriteHeaders(entry);
        bool whole = true;
        if (entry.Sparse is null)
        {
            whole = Copy(file, entry.PayloadSize);
        }
        else
        {
            foreach (SparseRange range in entry.Sparse.Ranges)
            {
                FileContent.Seek(file, range.Offset);
                whole &= Copy(file, range.Length);
            }
        }
        Pad();
        return whole;
    }

    /// <summary>Writes the end of the archive. Without it the archive is not complete.</summary>
    internal void Complete()
    {
        _output.WriteZeros(2 * TarHeader.Size);
        _output.Flush();
    }

    public void Dispose() => _output.Dispose();

    private bool Copy(SafeFileHandle file, long length)
    {
        for (int read; length > 0; length -= read)
        {
            read = _output.WriteFrom(file, length);
            if (read > 0) continue;
            _output.WriteZeros(length);
            return false;
        }
        return true;
    }

    private void WriteHeaders(TarEntry entry)
    {
        TarHeaderBuilder header = new();
        PaxRecords pax = new();
        byte[] map = entry.Sparse is null ? [] : SparseText(entry.Sparse);
        byte[] name = entry.Type == TarEntryType.Directory && !entry.Name.AsSpan().EndsWith("/"u8)
            ? [.. entry.Name, (byte)'/']
            : entry.Name;
        if (entry.Sparse is not null)
        {
            pax.Add("GNU.sparse.major"u8, "1"u8);
            pax.Add("GNU.sparse.minor"u8, "0"u8);
            pax.Add("GNU.sparse.name"u8, name);
            pax.Add("GNU.sparse.realsize"u8, entry.Sparse.RealSize);
            name = [.. "GNUSparseFile/"u8, .. name];
        }
        if (!header.TrySetName(name)) pax.AddText("path"u8, name);
        if (!header.TrySetLinkName(entry.LinkName)) pax.AddText("linkpath"u8, entry.LinkName);
        long size = map.Length + entry.PayloadSize;
        if (!header.TrySetSize(size)) pax.Add("size"u8, size);
        if (!header.TrySetUid(entry.Uid)) pax.Add("uid"u8, entry.Uid);
        if (!header.TrySetGid(entry.Gid)) pax.Add("gid"u8, entry.Gid);
        if (!header.TrySetModified(entry.Modified)) pax.Add("mtime"u8, entry.Modified);
        foreach (ExtendedAttribute attribute in entry.Attributes)
            pax.Add([.. "SCHILY.xattr."u8, .. PaxText.EncodeKey(attribute.Name)], attribute.Value);
        header.SetMode(entry.Mode);
        header.SetDevice(entry.Device);
        if (!pax.IsEmpty) WritePax(pax, name);
        _output.Write(header.Finish(TarEntryTypes.FlagOf(entry.Type)));
        _output.Write(map);
    }

    private void WritePax(PaxRecords pax, ReadOnlySpan<byte> name)
    {
        TarHeaderBuilder header = new();
        EntryName.Cut(name.TrimEnd((byte)'/'), out _, out ReadOnlySpan<byte> leaf);
        header.TrySetName([.. "PaxHeaders/"u8, .. leaf[..Math.Min(leaf.Length, 80)]]);
        header.TrySetSize(pax.Bytes.Length);
        header.TrySetModified(default);
        header.SetMode(0b110_100_100);
        _output.Write(header.Finish((byte)'x'));
        _output.Write(pax.Bytes);
        Pad();
    }

    // Sparse format 1.0: count, offset, length …, one number a line, filled up to a record.
    private static byte[] SparseText(SparseMap map)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{map.Ranges.Count}\n");
        foreach (SparseRange range in map.Ranges)
            text.Append(CultureInfo.InvariantCulture, $"{range.Offset}\n{range.Length}\n");
        text.Append('\0', TarHeader.PaddingOf(text.Length));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private void Pad() => _output.WriteZeros(TarHeader.PaddingOf(_output.Count));
}
