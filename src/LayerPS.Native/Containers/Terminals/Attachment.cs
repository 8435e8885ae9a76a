using System.Globalization;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>
/// A connection to the first process of a running container, through its monitor. The monitor sends one byte, and with it
/// the descriptor that the process's input goes to: the master of its terminal, or a pipe; from then on, what the terminal
/// shows. A byte the other way ends the input. The end of the connection is that of the run.
/// </summary>
internal sealed class Attachment : IDisposable
{
    private static int _sockets;

    // The input ends on another thread than the one that reads what the terminal shows.
    private readonly Lock _open = new();
    private int _input;

    private Attachment(int connection)
    {
        Connection = connection;
        try
        {
            _input = LocalSockets.ReceiveDescriptor(connection);
        }
        catch
        {
            Descriptors.Close(connection);
            throw;
        }
    }

    /// <summary>Where what the terminal shows is read from.</summary>
    internal int Connection { get; private set; }

    /// <summary>Where to write what the process reads, which is for the caller to close; -1 where its input has ended.</summary>
    internal int TakeInput()
    {
        int taken = _input;
        _input = -1;
        return taken;
    }

    /// <exception cref="EngineException">ContainerNotRunning: its run has ended meanwhile.</exception>
    internal static Attachment Connect(Container container)
    {
        using SafeFileHandle directory = FileTree.OpenDirectory(container.Directory);
        try
        {
            return new Attachment(LocalSockets.Connect(PathIn(directory, ContainerFiles.AttachSocket)));
        }
        catch (Exception e) when (e is LinuxException or EndOfStreamException)
        {
            throw new EngineException(
                EngineErrors.ContainerNotRunning, $"The container '{container.Name}' has ended.", container.Name, inner: e);
        }
    }

    /// <summary>
    /// Does something that starts a container's monitor, and is attached to what that starts from the very beginning: the
    /// monitor connects to a socket of this session, see <see cref="RuntimeProgram.StartMonitor"/>.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="start">Starts it, and has the monitor told the name of the socket.</param>
    /// <returns>The container as the start left it, and the connection; null where it does not run.</returns>
    internal static (Container Started, Attachment? Attached) AtStart(Container container, Func<string, Container> start)
    {
        using SafeFileHandle directory = FileTree.OpenDirectory(container.Directory);
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"{ContainerFiles.AttachSocket}-{Environment.ProcessId}-{Interlocked.Increment(ref _sockets)}");
        string path = PathIn(directory, name);
        using SafeFileHandle listener = FileTree.Own(LocalSockets.Listen(path));
        try
        {
            Container started = start(name);
            if (started.ExitReason == ContainerExitReason.StartFailed) return (started, null);
            // The monitor connected before it told how the start went.
            bool connected = DescriptorPoll.Wait([listener.Number()], TimeSpan.Zero, CancellationToken.None);
            return (started, connected ? new Attachment(LocalSockets.Accept(listener.Number())) : Connect(started));
        }
        finally
        {
            _ = FileTree.TryRemove(directory, System.Text.Encoding.ASCII.GetBytes(name), directory: false);
        }
    }

    /// <summary>The process reads to the end of what was written, and no further. The input was taken and is closed.</summary>
    internal void EndInput()
    {
        lock (_open)
        {
            if (Connection < 0) return;
            try
            {
                Descriptors.WriteAll(Connection, [Terminals.EndOfInput]);
            }
            catch (LinuxException gone) when (gone.Errno is var errno && (errno == LibC.EPIPE || errno == LibC.ECONNRESET))
            {
                // So has its run.
            }
        }
    }

    public void Dispose()
    {
        lock (_open)
        {
            if (_input >= 0) Descriptors.Close(_input);
            if (Connection >= 0) Descriptors.Close(Connection);
            _input = Connection = -1;
        }
    }

    // The path of a socket has room for 107 bytes, and that of a store may be longer.
    private static string PathIn(SafeFileHandle directory, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{directory.Number()}/{name}");
}
