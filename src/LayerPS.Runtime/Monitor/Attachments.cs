using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// The sessions that have attached to the container's process: they get the descriptor that its input goes to, and, where
/// it has a terminal, what that shows. A session that is slow holds up the terminal, as a slow terminal does.
/// </summary>
internal sealed class Attachments : IDisposable
{
    private readonly PollLoop _loop;
    private readonly List<AttachedSession> _sessions = [];
    private readonly int _listener;
    private int _first = -1;
    private ContainerStreams? _streams;
    private Action? _whenTaken;

    internal Attachments(PollLoop loop)
    {
        _loop = loop;
        // That of an earlier run; nobody listens there any more.
        File.Delete(ContainerFiles.AttachSocket);
        _listener = LocalSockets.Listen(ContainerFiles.AttachSocket);
        _loop.Watch(_listener, Accept, LibC.POLLIN);
    }

    /// <summary>
    /// Attaches the session that asked for the start, before there is anything that it could miss. It listens, for this
    /// one connection.
    /// </summary>
    /// <param name="socket">The name of its socket in the bundle.</param>
    internal void ConnectFirst(string socket)
    {
        try
        {
            _first = LocalSockets.Connect(socket);
        }
        catch (LinuxException)
        {
            // The session is gone; the container runs without it.
        }
    }

    /// <summary>The container's process runs.</summary>
    internal void Begin(ContainerStreams streams)
    {
        _streams = streams;
        if (_first >= 0) Attach(_first);
        _first = -1;
    }

    /// <summary>Hands out what the terminal shows.</summary>
    /// <returns>False when a session has not taken all of it yet; see <see cref="WhenTaken"/>.</returns>
    internal bool Write(ReadOnlySpan<byte> bytes)
    {
        foreach (AttachedSession session in _sessions) session.Write(bytes);
        return !AnyIsBehind();
    }

    /// <summary>Has the action called once, when every session has taken all.</summary>
    internal void WhenTaken(Action action) => _whenTaken = action;

    /// <summary>The container's process has ended, and all that it wrote has been read.</summary>
    internal void End()
    {
        _whenTaken = null;
        while (AnyIsBehind()) _loop.RunOnce();
        foreach (AttachedSession session in _sessions) session.Leave();
        _sessions.Clear();
        _streams = null;
    }

    public void Dispose()
    {
        _loop.Forget(_listener);
        Descriptors.Close(_listener);
    }

    private void Accept()
    {
        try
        {
            Attach(LocalSockets.Accept(_listener));
        }
        catch (LinuxException)
        {
            // It has gone meanwhile, or there are too many; it sees that it was not taken.
        }
    }

    private void Attach(int socket)
    {
        try
        {
            _sessions.RemoveAll(static session => !session.IsHere);
            if (_streams is { } streams)
            {
                LocalSockets.SendDescriptor(socket, streams.Saying);
                _sessions.Add(new AttachedSession(_loop, socket, streams.EndInput, Changed));
                return;
            }
        }
        catch (LinuxException)
        {
            // It has gone meanwhile.
        }

        Descriptors.Close(socket);
    }

    private void Changed()
    {
        if (_whenTaken is not { } action || AnyIsBehind()) return;
        _whenTaken = null;
        action();
    }

    private bool AnyIsBehind() => _sessions.Exists(static session => session.IsBehind);
}
