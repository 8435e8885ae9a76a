using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>Writes the content of a file as a tar has it.</summary>
internal static class PayloadCopier
{
    /// <summary>
    /// Copies <paramref name="size"/> bytes of a file that is open at its start, or just the ranges of the map.
    /// </summary>
    /// <exception cref="EngineException">StoreCorrupt: the file has become shorter.</exception>
    internal static void Copy(
        SafeFileHandle file, long size, SparseMap? map, TarOutput destination, ReadOnlySpan<byte> path)
    {
        if (map is null)
        {
            CopyRange(file, size, destination, path);
            return;
        }
        foreach (SparseRange range in map.Ranges)
        {
            if (range.Length == 0) continue;
            FileContent.Seek(file, range.Offset);
            CopyRange(file, range.Length, destination, path);
        }
    }

    private static void CopyRange(SafeFileHandle file, long length, TarOutput destination, ReadOnlySpan<byte> path)
    {
        while (length > 0)
        {
            int read = destination.WriteFrom(file, length);
            if (read == 0)
                throw new EngineException(
                    EngineErrors.StoreCorrupt, $"The file '{ByteText.Display(path)}' of a layer has become shorter.",
                    ByteText.Display(path));
            length -= read;
        }
    }
}
