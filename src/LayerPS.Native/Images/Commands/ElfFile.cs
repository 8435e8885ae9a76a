using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>What a program or shared library needs to be loaded, read from its ELF headers, see elf(5).</summary>
/// <remarks>For 64-bit little-endian files, which those of x64 and arm64 are.</remarks>
internal sealed class ElfFile
{
    private const int HeaderSize = 64, SegmentSize = 56, DynamicEntrySize = 16;
    private const int MaximumPart = 16 * 1024 * 1024;
    private const uint LoadSegment = 1, DynamicSegment = 2, InterpreterSegment = 3;
    private const long NeededTag = 1, StringTableTag = 5, StringSizeTag = 10, RPathTag = 15, RunPathTag = 29;

    private readonly List<(ulong Offset, ulong Address, ulong Size)> _loaded = [];
    private readonly List<string> _needed = [];

    private ElfFile(ushort machine) => Machine = machine;

    /// <summary>e_machine: which processor it is for.</summary>
    internal ushort Machine { get; }

    /// <summary>The program loader; null for a library and for a static program.</summary>
    internal string? Interpreter { get; private set; }

    /// <summary>The libraries it asks for, mostly by name only.</summary>
    internal IReadOnlyList<string> Needed => _needed;

    /// <summary>DT_RPATH: directories to search for its libraries and for those that they need; colon-separated.</summary>
    internal string? RPath { get; private set; }

    /// <summary>DT_RUNPATH: directories to search for its own libraries; colon-separated.</summary>
    internal string? RunPath { get; private set; }

    /// <returns>Null for what is no such file, a script for example, or is damaged.</returns>
    internal static ElfFile? TryRead(SafeFileHandle file)
    {
        byte[] header = Part(file, 0, HeaderSize);
        ReadOnlySpan<byte> start = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (!header.AsSpan().StartsWith(start) || header.Length < HeaderSize) return null;

        ElfFile elf = new(BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18)));
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(32));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        byte[] segments = Part(file, offset, (ulong)count * SegmentSize);
        byte[] dynamic = [];
        for (int at = 0; at + SegmentSize <= segments.Length; at += SegmentSize)
        {
            ReadOnlySpan<byte> segment = segments.AsSpan(at, SegmentSize);
            ulong where = BinaryPrimitives.ReadUInt64LittleEndian(segment[8..]);
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(segment[16..]);
            ulong size = BinaryPrimitives.ReadUInt64LittleEndian(segment[32..]);
            switch (BinaryPrimitives.ReadUInt32LittleEndian(segment))
            {
                case LoadSegment:
                    elf._loaded.Add((where, address, size));
                    break;
                case DynamicSegment:
                    dynamic = Part(file, where, size);
                    break;
                case InterpreterSegment:
                    elf.Interpreter = Text(Part(file, where, size), 0);
                    break;
            }
        }

        elf.ReadDynamic(file, dynamic);
        return elf;
    }

    private void ReadDynamic(SafeFileHandle file, ReadOnlySpan<byte> dynamic)
    {
        List<(long Tag, ulong Value)> entries = [];
        for (; dynamic.Length >= DynamicEntrySize; dynamic = dynamic[DynamicEntrySize..])
        {
            entries.Add((
                BinaryPrimitives.ReadInt64LittleEndian(dynamic), BinaryPrimitives.ReadUInt64LittleEndian(dynamic[8..])));
        }

        ulong table = entries.Find(static entry => entry.Tag == StringTableTag).Value;
        ulong size = entries.Find(static entry => entry.Tag == StringSizeTag).Value;
        byte[] strings = Part(file, OffsetOf(table), size);
        foreach ((long tag, ulong value) in entries)
        {
            if (tag == NeededTag) _needed.Add(Text(strings, value));
            else if (tag == RPathTag) RPath = Text(strings, value);
            else if (tag == RunPathTag) RunPath = Text(strings, value);
        }
    }

    // The dynamic section names addresses in memory; the segments tell where these come from.
    private ulong OffsetOf(ulong address)
    {
        foreach ((ulong offset, ulong start, ulong size) in _loaded)
            if (address >= start && address - start < size) return offset + (address - start);
        return ulong.MaxValue;
    }

    private static byte[] Part(SafeFileHandle file, ulong offset, ulong length)
    {
        if (length > MaximumPart || offset > long.MaxValue) return [];
        byte[] bytes = new byte[length];
        int read = RandomAccess.Read(file, bytes, (long)offset);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    private static string Text(byte[] strings, ulong offset)
    {
        if (offset >= (ulong)strings.Length) return "";
        ReadOnlySpan<byte> text = strings.AsSpan((int)offset);
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
