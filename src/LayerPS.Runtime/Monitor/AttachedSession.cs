using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// One session that has attached to the container. What it says goes straight into the descriptor that it got; a byte
/// from it on the connection ends the input.
/// </summary>
internal sealed class AttachedSession
{
    // A session that takes nothing for so long, as one that is halted, must not hold up the container any longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PollLoop _loop;
    private readonly Action _endInput;
    private readonly Action _changed;
    private int _socket;
    private byte[] _pending = [];
    private PollLoop.Deadline? _limit;

    /// <param name="loop">Where it is waited for.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="endInput">Called when it has nothing more to say.</param>
    /// <param name="changed">Called when it has taken what it was behind with, and when it has gone.</param>
    internal AttachedSession(PollLoop loop, int socket, Action endInput, Action changed)
    {
        _loop = loop;
        _socket = socket;
        _endInput = endInput;
        _changed = changed;
        Descriptors.DoNotBlock(socket);
        _loop.Watch(socket, Hear, LibC.POLLIN);
    }

    internal bool IsHere => _socket >= 0;

    /// <summary>It has not yet taken all that was written to it.</summary>
    internal bool IsBehind => _pending.Length > 0;

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        if (!IsHere) return;
        try
        {
            if (!IsBehind)
            {
                bytes = bytes[(Descriptors.TryWrite(_socket, bytes) ?? 0)..];
                if (bytes.IsEmpty) return;
                _loop.Watch(_socket, Flush, LibC.POLLOUT);
                _limit = _loop.After(Patience, Leave);
            }

            _pending = [.. _pending, .. bytes];
        }
        catch (LinuxException)
        {
            Leave();
        }
    }

    internal void Leave()
    {
        if (!IsHere) return;
        _loop.Forget(_socket);
        _loop.Cancel(_limit);
        Descriptors.Close(_socket);
        _socket = -1;
        _pending = [];
        _changed();
    }

    private void Hear()
    {
        Span<byte> word = stackalloc byte[1];
        try
        {
            int? count = Descriptors.TryRead(_socket, word);
            if (count == 0) Leave();
            else if (count > 0) _endInput();
        }
        catch (LinuxException)
        {
            Leave();
        }
    }

    private void Flush()
    {
        try
        {
            int count = Descriptors.TryWrite(_socket, _pending) ?? 0;
            _pending = _pending[count..];
            if (count > 0) _loop.Cancel(_limit);
            if (IsBehind)
            {
                if (count > 0) _limit = _loop.After(Patience, Leave);
                return;
            }

            _loop.Forget(_socket);
            _loop.Watch(_socket, Hear, LibC.POLLIN);
            _changed();
        }
        catch (LinuxException)
        {
            Leave();
        }
    }
}
