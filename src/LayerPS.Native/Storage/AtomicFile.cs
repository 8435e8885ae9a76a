using System.Globalization;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Storage;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the path and renames over it, see rename(2).</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">All of its content.</param>
    /// <param name="durable">Whether it has to survive a loss of power from now on.</param>
    internal static void Write(string path, ReadOnlySpan<byte> bytes, bool durable)
    {
        string temporary = string.Create(
            CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId:x}-{Environment.CurrentManagedThreadId:x}~");
        try
        {
            using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                RandomAccess.Write(file, bytes, 0);
                if (durable) RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        if (durable) FileSystems.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// As <see cref="Write"/>, for what has to be written down also when the disk is full: a small file that is there keeps
    /// its block, and takes the new content in its place. Only then a loss of power, or a reader at that moment, may meet half
    /// of it.
    /// </summary>
    /// <returns>False when there is no way.</returns>
    internal static bool TryReplace(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            Write(path, bytes, durable: false);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TryOverwrite(path, bytes);
        }
    }

    private static bool TryOverwrite(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.SetLength(file, bytes.Length);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
