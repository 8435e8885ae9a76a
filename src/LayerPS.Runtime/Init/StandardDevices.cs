using System.Text;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>The device nodes and links that every container has (runtime-spec, config-linux.md, "Default Devices").</summary>
internal static class StandardDevices
{
    private const uint CharacterDevice = 8192; // S_IFCHR
    private const uint Mode = CharacterDevice | 438; // rw-rw-rw-

    private static readonly (string Name, uint Major, uint Minor)[] Nodes =
        [("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9), ("tty", 5, 0)];

    private static readonly (string Name, string Target)[] Links =
    [
        ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"), ("ptmx", "pts/ptmx"),
    ];

    /// <param name="root">The container's root.</param>
    /// <param name="bound">
    /// The nodes are the host's own: a process with users of its own can make none, see user_namespaces(7).
    /// </param>
    internal static void Make(SafeFileHandle root, bool bound)
    {
        int error = FileTree.TryOpenBelow(
            root, "dev"u8, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot, out SafeFileHandle? opened);
        using SafeFileHandle directory = error == 0 ? opened! : throw new LinuxException("openat2", "/dev", error);

        foreach ((string name, uint major, uint minor) in Nodes)
        {
            if (bound)
            {
                Bind(directory, name);
                continue;
            }

            var number = new DeviceNumber(major, minor);
            Check(FileTree.TryMakeNode(directory, Encoding.UTF8.GetBytes(name), Mode, number), name);
        }

        foreach ((string name, string target) in Links)
        {
            Check(FileTree.TryMakeSymbolicLink(directory, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(target)), name);
        }
    }

    private static void Bind(SafeFileHandle directory, string name)
    {
        using SafeFileHandle clone = Mounts.Clone("/dev/" + name);
        using SafeFileHandle place = MountTarget.Open(directory, name, directory: false);
        Mounts.Attach(clone, place, "/dev/" + name);
    }

    private static void Check(int error, string name)
    {
        if (error != 0 && error != LibC.EEXIST) throw new LinuxException("mknodat", $"/dev/{name}", error);
    }
}
