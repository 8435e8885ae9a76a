using System.Buffers.Binary;
using System.Text;

namespace LayerPS.Images;

/// <summary>The program loader's table of libraries, <c>/etc/ld.so.cache</c>, as ldconfig(8) of glibc writes it.</summary>
internal sealed class LibraryCache
{
    internal const string Location = "/etc/ld.so.cache";

    private const int HeaderSize = 48, EntrySize = 24;

    private readonly Dictionary<string, List<string>> _paths = [];

    /// <summary>An empty one where the machine has none, or one of another format.</summary>
    internal static LibraryCache Read()
    {
        LibraryCache cache = new();
        if (!File.Exists(Location)) return cache;
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(Location);
        // Before this format there may be a table in the one before it, for very old programs.
        int start = bytes.IndexOf("glibc-ld.so.cache1.1"u8);
        if (start >= 0) cache.Add(bytes[start..]);
        return cache;
    }

    /// <summary>Where a library of that name may be, for any processor.</summary>
    internal IReadOnlyList<string> Find(string name) => _paths.TryGetValue(name, out List<string>? paths) ? paths : [];

    private void Add(ReadOnlySpan<byte> table)
    {
        if (table.Length < HeaderSize) return;
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(table[20..]);
        for (long i = 0; i < count && HeaderSize + ((i + 1) * EntrySize) <= table.Length; i++)
        {
            ReadOnlySpan<byte> entry = table.Slice(HeaderSize + ((int)i * EntrySize), EntrySize);
            // Variants for newer processors lie beside the plain one, which runs on all.
            if (BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]) != 0) continue;
            string name = Text(table, BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]));
            string path = Text(table, BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]));
            if (!_paths.TryGetValue(name, out List<string>? paths)) _paths.Add(name, paths = []);
            paths.Add(path);
        }
    }

    private static string Text(ReadOnlySpan<byte> table, uint offset)
    {
        if (offset >= table.Length) return "";
        ReadOnlySpan<byte> text = table[(int)offset..];
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
