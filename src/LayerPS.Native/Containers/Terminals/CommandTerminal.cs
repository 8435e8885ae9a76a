using System.Globalization;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>
/// A terminal for a further command in a container. It comes from the container's own devpts, so that its name is there
/// in the container; the session has its master.
/// </summary>
internal sealed class CommandTerminal : IDisposable
{
    private CommandTerminal(int master)
    {
        Master = master;
        Descriptors.DoNotBlock(master);
        Peer = Terminals.OpenPeer(master);
    }

    /// <summary>The session's side.</summary>
    internal int Master { get; }

    /// <summary>
    /// The command's side. It stays open in the session too: while nobody has it, the master is at its end, though a
    /// program may open it later.
    /// </summary>
    internal int Peer { get; }

    /// <exception cref="EngineException">ContainerCommandFailed: the container has no place for terminals.</exception>
    internal static CommandTerminal Open(Container container)
    {
        try
        {
            using SafeFileHandle root = FileTree.OpenDirectory(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{container.Run.Pid}/root"));
            // What a container has in that place can be anything: it is looked at before it is opened.
            int error = FileTree.TryOpenBelow(
                root, "dev/pts/ptmx"u8, LibC.O_PATH, FileTree.ResolveNoLinks, out SafeFileHandle? found);
            if (error != 0) throw new LinuxException("openat2", "/dev/pts/ptmx", error);
            using SafeFileHandle multiplexer = found!;
            if (!Terminals.IsMultiplexer(FileStatus.Of(multiplexer)))
                throw new InvalidDataException("its /dev/pts/ptmx is another file");
            return new CommandTerminal(Terminals.OpenMaster(
                string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{multiplexer.Number()}")));
        }
        catch (Exception e) when (e is LinuxException or InvalidDataException)
        {
            throw new EngineException(
                EngineErrors.ContainerCommandFailed,
                $"There is no terminal to be had in the container '{container.Name}': {e.Message}", container.Name, inner: e);
        }
    }

    public void Dispose()
    {
        Descriptors.Close(Master);
        Descriptors.Close(Peer);
    }
}
