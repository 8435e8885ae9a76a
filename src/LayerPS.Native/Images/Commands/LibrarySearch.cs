using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>Finds shared libraries where the program loader would, see ld.so(8).</summary>
internal sealed class LibrarySearch
{
    private static readonly string[] StandardDirectories =
    [
        "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
        "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
    ];

    private readonly LibraryCache _cache = LibraryCache.Read();

    /// <summary>Whether the loader looks there without being told to.</summary>
    internal static bool IsStandard(string directory) => StandardDirectories.Contains(directory);

    /// <returns>The path; null when there is no such library for that processor.</returns>
    internal string? Find(string name, ElfFile user, string userPath, IReadOnlyList<string> inheritedDirectories)
    {
        string origin = Path.GetDirectoryName(userPath)!;
        if (name.Contains('/', StringComparison.Ordinal)) return Existing(Expand(name, origin), user.Machine);

        // DT_RUNPATH switches DT_RPATH off, its own and that of whoever loads it.
        IEnumerable<string> directories = user.RunPath is null
            ? inheritedDirectories
            : Directories(user.RunPath, origin);
        return directories.Select(directory => Path.Combine(directory, name))
            .Concat(_cache.Find(name))
            .Concat(StandardDirectories.Select(directory => Path.Combine(directory, name)))
            .Select(path => Existing(path, user.Machine))
            .FirstOrDefault(static path => path is not null);
    }

    /// <summary>The directories that a file's DT_RPATH adds for itself and for all that it loads.</summary>
    internal static IReadOnlyList<string> RPathDirectories(ElfFile file, string path) =>
        file.RPath is null || file.RunPath is not null ? [] : [.. Directories(file.RPath, Path.GetDirectoryName(path)!)];

    private static IEnumerable<string> Directories(string list, string origin) =>
        list.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Expand(directory, origin));

    private static string Expand(string path, string origin) => path
        .Replace("${ORIGIN}", origin, StringComparison.Ordinal)
        .Replace("$ORIGIN", origin, StringComparison.Ordinal);

    private static string? Existing(string path, ushort machine)
    {
        if (!Path.IsPathRooted(path) || !File.Exists(path)) return null;
        using SafeFileHandle file = File.OpenHandle(path);
        return ElfFile.TryRead(file)?.Machine == machine ? path : null;
    }
}
