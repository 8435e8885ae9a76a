using System.Globalization;
using LayerPS.Linux;
using LayerPS.Oci;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// The terminal of a container's first process, from the container's own devpts (runtime-spec, config.md, "terminal").
/// </summary>
internal static class ContainerTerminal
{
    private const string Console = "/dev/console";

    /// <summary>Makes it, inside the container's root.</summary>
    /// <param name="size">Its size at first; null for none.</param>
    /// <param name="receiver">The socket that its master is sent to.</param>
    /// <param name="isConsole">It is /dev/console as well.</param>
    /// <returns>The side that the container's process has.</returns>
    internal static int Make(RuntimeSize? size, int receiver, bool isConsole = true)
    {
        int master = Terminals.OpenMaster("/dev/pts/ptmx");
        if (size is not null) Terminals.SetSize(master, new TerminalSize(size.Height, size.Width));
        int terminal = Terminals.OpenPeer(master);
        if (isConsole) Bind(string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{Terminals.NumberOf(master)}"));
        LocalSockets.SendDescriptor(receiver, master);
        Descriptors.Close(master);
        _ = LibC.setsid();
        return terminal;
    }

    /// <summary>Makes it the controlling terminal of this process, which leads its session, and its user's own.</summary>
    internal static void Take(int terminal, uint user)
    {
        Terminals.BecomeControlling(terminal);
        Terminals.SetOwner(terminal, user);
    }

    private static void Bind(string terminal)
    {
        using SafeFileHandle root = FileTree.OpenDirectory("/");
        using SafeFileHandle place = MountTarget.Open(root, Console, directory: false);
        using SafeFileHandle clone = Mounts.Clone(terminal);
        Mounts.Attach(clone, place, Console);
    }
}
