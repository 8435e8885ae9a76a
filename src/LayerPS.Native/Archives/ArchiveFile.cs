using System.Globalization;
using System.Security.Cryptography;

namespace LayerPS.Archives;

/// <summary>An archive that appears under its name when it is whole.</summary>
internal static class ArchiveFile
{
    /// <summary>
    /// Writes beside the path and renames over it; what is there stays until then. A device or a pipe is written to.
    /// </summary>
    /// <exception cref="EngineException">ArchiveTargetInvalid: the path is a directory, or in none.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target)) throw Invalid($"'{path}' is a directory.", path);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw Invalid($"The directory of '{path}' is not there.", path);

        if (IsDevice(target))
        {
            using FileStream device = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(device);
            return;
        }

        string temporary = string.Create(
            CultureInfo.InvariantCulture, $"{target}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}~");
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0))
                write(file);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static bool IsDevice(string path) =>
        File.Exists(path) && (File.GetAttributes(path) & (FileAttributes.Normal | FileAttributes.Device)) == FileAttributes.Device;

    private static EngineException Invalid(string message, string path) =>
        new(EngineErrors.ArchiveTargetInvalid, message, path);
}
