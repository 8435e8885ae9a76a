using LayerPS.Linux;
using LayerPS.Runtime.Monitor;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Carries bytes between a container's terminal and the standard streams of this program.</summary>
internal sealed class ForegroundTerminal(int master)
{
    private const int StandardInput = 0, StandardOutput = 1, BufferSize = 32 * 1024;

    private readonly PollLoop _loop = new();
    private readonly byte[] _buffer = new byte[BufferSize];

    /// <summary>Returns when the process has ended and all that it wrote is out.</summary>
    internal void Relay(int pid)
    {
        int process = ProcessHandle.OpenDescriptor(pid);
        bool ended = false;
        Descriptors.DoNotBlock(master);
        _loop.Watch(process, () => ended = true, LibC.POLLIN);
        _loop.Watch(master, () => CopyOutput(), LibC.POLLIN);
        _loop.Watch(StandardInput, CopyInput, LibC.POLLIN);
        while (!ended) _loop.RunOnce();
        while (CopyOutput())
        {
        }

        Descriptors.Close(process);
        Descriptors.Close(master);
    }

    private bool CopyOutput()
    {
        int? count = Terminals.TryRead(master, _buffer);
        if (count > 0) Descriptors.WriteAll(StandardOutput, _buffer.AsSpan(0, count.Value));
        if (count == 0) _loop.Forget(master);
        return count > 0;
    }

    private void CopyInput()
    {
        int count = Terminals.TryRead(StandardInput, _buffer) ?? 0;
        if (count == 0)
        {
            _loop.Forget(StandardInput);
            _ = Descriptors.TryWrite(master, [Terminals.EndOfInput]);
            return;
        }

        _ = Descriptors.TryWrite(master, _buffer.AsSpan(0, count));
    }
}
