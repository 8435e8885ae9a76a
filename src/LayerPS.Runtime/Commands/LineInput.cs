using LayerPS.Linux;

namespace LayerPS.Runtime.Commands;

/// <summary>One line from a descriptor that other things may be read from later.</summary>
internal static class LineInput
{
    private const int ReadSize = 4096;

    /// <summary>The line without its end; what is there where it has none.</summary>
    internal static ReadOnlyMemory<byte> Read(int descriptor)
    {
        byte[] bytes = new byte[ReadSize];
        int length = 0;
        while (true)
        {
            // Whoever writes the line writes nothing behind it until it is answered.
            int count = Descriptors.Read(descriptor, bytes.AsSpan(length));
            length += count;
            if (count == 0) return bytes.AsMemory(0, length);
            if (bytes[length - 1] == (byte)'\n') return bytes.AsMemory(0, length - 1);
            if (length == bytes.Length) Array.Resize(ref bytes, 2 * length);
        }
    }
}
