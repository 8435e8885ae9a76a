using System.Globalization;
using System.Text;
using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Cgroups;

/// <summary>A cgroup in the one hierarchy that has a certain controller, and the files in it.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Version">1 or 2, see cgroups(7).</param>
internal sealed record CgroupDirectory(string Path, int Version)
{
    internal bool IsSecond => Version == 2;

    /// <summary>The cgroups below one; none where it is gone.</summary>
    internal static string[] Below(string directory)
    {
        try
        {
            return Directory.GetDirectories(directory);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The file's number; null where there is no such file, and for <c>max</c>.</summary>
    internal long? TryReadNumber(string file) =>
        long.TryParse(TryReadText(file), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>The number of the line <c>key number</c>; null where there is none.</summary>
    internal long? TryReadNumber(string file, string key)
    {
        string? line = ReadLines(file).FirstOrDefault(line => line.StartsWith(key + ' ', StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.AsSpan(key.Length + 1), CultureInfo.InvariantCulture);
    }

    /// <summary>The file's lines; none where there is no such file.</summary>
    internal string[] ReadLines(string file) =>
        TryReadText(file)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    internal bool Has(string file) => File.Exists(System.IO.Path.Combine(Path, file));

    /// <exception cref="LinuxException">The kernel refuses the value, or there is no such file.</exception>
    internal void Write(string file, string text)
    {
        string path = System.IO.Path.Combine(Path, file);
        int descriptor = Descriptors.Open(path, LibC.O_WRONLY);
        try
        {
            Descriptors.WriteAll(descriptor, Encoding.ASCII.GetBytes(text));
        }
        catch (LinuxException failure)
        {
            throw new LinuxException("write", path, failure.Errno);
        }
        finally
        {
            Descriptors.Close(descriptor);
        }
    }

    private string? TryReadText(string file)
    {
        try
        {
            return SmallFile.TryRead(System.IO.Path.Combine(Path, file)) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;
        }
        catch (LinuxException failure) when (Freezer.IsGone(failure))
        {
            // It went between the opening and the reading.
            return null;
        }
    }
}
