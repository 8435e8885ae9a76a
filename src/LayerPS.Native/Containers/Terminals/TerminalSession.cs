using System.Runtime.InteropServices;
using LayerPS.Linux;

namespace LayerPS.Containers;

/// <summary>
/// Connects the terminal of a person with one of a container: what is typed goes inside, Ctrl+C too, what that shows is
/// shown, and it has the same size. The person's terminal is as before at the end, whatever that was.
/// </summary>
internal sealed class TerminalSession(HostTerminal terminal, DetachKeys keys)
{
    private const int BufferSize = 16 * 1024;
    private const int None = -1;

    private readonly byte[] _shown = new byte[BufferSize];
    private volatile bool _left;

    /// <summary>Stays until the container's side has come to its end, or the person leaves.</summary>
    /// <param name="output">Where what is shown is read.</param>
    /// <param name="master">The master of the container's terminal.</param>
    /// <param name="listens">Whether what is typed goes inside.</param>
    /// <param name="end">What can be read, or is closed, when there will be no more to show; null where the output's end tells.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the person left by the detach keys, or the terminal is gone.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal bool Run(int output, int master, bool listens, int? end, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Descriptors.DoNotBlock(output);
        using RawTerminal raw = new(terminal.Input);
        using WindowSize size = new(terminal, master);
        InputFeed keyboard = new(Descriptors.Copy(master), Typed(listens, stop));
        try
        {
            return Show(output, end ?? None, stop.Token, cancellationToken);
        }
        finally
        {
            stop.Cancel();
            keyboard.Dispose();
            // What is typed from now on is for whoever reads the terminal next.
            keyboard.Join();
        }
    }

    private bool Show(int output, int end, CancellationToken stop, CancellationToken cancellationToken)
    {
        while (true)
        {
            DescriptorPoll.Wait([output, end], Timeout.InfiniteTimeSpan, stop);
            cancellationToken.ThrowIfCancellationRequested();
            if (_left) return false;

            // Asked for before what was shown is read, so that nothing is missed that came last.
            bool ended = end != None && DescriptorPoll.Wait([end], TimeSpan.Zero, CancellationToken.None);
            bool more = ShowAvailable(output, stop);
            if (_left) return false;
            if (ended || (!more && end == None)) return true;
            if (!more) output = None;
        }
    }

    private bool ShowAvailable(int output, CancellationToken stop)
    {
        while (output != None && Terminals.TryRead(output, _shown) is { } count)
        {
            if (count == 0) return false;
            ReadOnlySpan<byte> bytes = _shown.AsSpan(0, count);
            while (!bytes.IsEmpty)
            {
                if (!DescriptorPoll.WaitWritable(terminal.Output, stop)) return true;
                bytes = bytes[(Descriptors.TryWrite(terminal.Output, bytes) ?? 0)..];
            }
        }

        return true;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Typed(bool listens, CancellationTokenSource stop)
    {
        byte[] buffer = new byte[BufferSize];
        while (DescriptorPoll.Wait([terminal.Input], Timeout.InfiniteTimeSpan, stop.Token))
        {
            int? count = ReadKeys(buffer);
            bool leaves = keys.Press(buffer.AsSpan(0, count ?? 0), out byte[] passed) || count == 0;
            if (listens && passed.Length > 0) yield return passed;
            if (!leaves) continue;
            _left = true;
            stop.Cancel();
            yield break;
        }
    }

    // None where the terminal is gone, in whichever way: on a thread of its own nobody would hear of it.
    private int? ReadKeys(byte[] buffer)
    {
        try
        {
            return Terminals.TryRead(terminal.Input, buffer);
        }
        catch (LinuxException)
        {
            return 0;
        }
    }

    /// <summary>Gives one terminal the size of the other, at once and whenever that changes.</summary>
    private sealed class WindowSize : IDisposable
    {
        private readonly HostTerminal _from;
        private readonly PosixSignalRegistration _changes;
        private readonly Lock _open = new();
        private int _to;

        internal WindowSize(HostTerminal from, int to)
        {
            _from = from;
            _to = to;
            _changes = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Forward());
            Forward();
        }

        public void Dispose()
        {
            _changes.Dispose();
            lock (_open) _to = None;
        }

        private void Forward()
        {
            lock (_open)
            {
                if (_to == None) return;
                try
                {
                    Terminals.SetSize(_to, _from.Size);
                }
                catch (LinuxException)
                {
                    // One of them is gone, which others tell.
                }
            }
        }
    }
}
