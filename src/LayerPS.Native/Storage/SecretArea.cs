using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Storage;

/// <summary>
/// Where secrets are as files while a step of a build sees them: in memory, where the machine has a file system for
/// that (tmpfs(5)), and never where others than root can look.
/// </summary>
internal static class SecretArea
{
    private const string Name = "layerps-secrets";
    private const uint OwnerOnly = 448; // rwx------

    private static readonly string[] Memory = ["/run", "/dev/shm"];

    /// <summary>A new directory for the secrets of one step; it goes when it is disposed.</summary>
    internal static StagedDirectory Create(StoreLayout layout)
    {
        StagedDirectory made = StagingArea.Create(FindFolder() ?? layout.Staging);
        using SafeFileHandle directory = FileTree.OpenDirectory(made.Path);
        FileOwnership.SetMode(directory, OwnerOnly);
        return made;
    }

    /// <summary>Removes what processes left that are gone.</summary>
    internal static void Sweep()
    {
        foreach (string folder in Memory.Select(static place => Path.Combine(place, Name)))
            if (Directory.Exists(folder) && IsOwn(folder)) StagingArea.Sweep(folder);
    }

    private static string? FindFolder()
    {
        HashSet<string> inMemory =
        [
            .. File.ReadLines("/proc/self/mounts").Select(static line => line.Split(' '))
                .Where(static mount => mount is [_, _, "tmpfs", ..]).Select(static mount => mount[1]),
        ];
        foreach (string place in Memory.Where(inMemory.Contains))
        {
            string folder = Path.Combine(place, Name);
            if (!Path.Exists(folder)) Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (IsOwn(folder)) return folder;
        }

        return null;
    }

    // Anyone may make a directory of this name in /dev/shm.
    private static bool IsOwn(string folder)
    {
        if (new FileInfo(folder).LinkTarget is not null) return false;
        using SafeFileHandle directory = FileTree.OpenDirectory(folder);
        FileStatus status = FileStatus.Of(directory);
        return status is { Uid: 0, Permissions: OwnerOnly };
    }
}
