using System.Runtime.InteropServices;
using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>Carries what the container writes into its log, and to the sessions that see its terminal.</summary>
internal sealed unsafe class LogPump : IDisposable
{
    private const int Capacity = 16 * 1024;

    private readonly PollLoop _loop;
    private readonly LogWriter _writer;
    private readonly Attachments? _viewers;
    private readonly List<(int Descriptor, LogStream Stream)> _sources = [];

    // Outside the managed heap, and touched only as far as it is used.
    private readonly byte* _buffer = (byte*)NativeMemory.Alloc(Capacity);

    /// <param name="loop">Where it waits.</param>
    /// <param name="writer">Writes the log.</param>
    /// <param name="viewers">Those who see the container's terminal; null where it has none.</param>
    internal LogPump(PollLoop loop, LogWriter writer, Attachments? viewers)
    {
        _loop = loop;
        _writer = writer;
        _viewers = viewers;
    }

    internal void Add(int descriptor, LogStream stream)
    {
        _sources.Add((descriptor, stream));
        Watch(descriptor, stream);
    }

    /// <summary>Carries what is in the pipes at this moment. After the process has ended, that is all there will be.</summary>
    internal void Finish()
    {
        foreach ((int descriptor, LogStream stream) in _sources)
        {
            while (DescriptorPoll.Wait([descriptor], TimeSpan.Zero, CancellationToken.None))
            {
                if (!Move(descriptor, stream)) break;
            }

            _loop.Forget(descriptor);
        }

        _sources.Clear();
    }

    public void Dispose() => NativeMemory.Free(_buffer);

    private void Watch(int descriptor, LogStream stream) =>
        _loop.Watch(descriptor, () => Move(descriptor, stream), LibC.POLLIN);

    private bool Move(int descriptor, LogStream stream)
    {
        int count = Terminals.TryRead(descriptor, new Span<byte>(_buffer, Capacity)) ?? -1;
        if (count == 0) _loop.Forget(descriptor);
        if (count <= 0) return false;
        ReadOnlySpan<byte> bytes = new(_buffer, count);
        _writer.Write(stream, bytes);
        if (_viewers is not null && !_viewers.Write(bytes))
        {
            _loop.Forget(descriptor);
            _viewers.WhenTaken(() => Watch(descriptor, stream));
        }

        return true;
    }
}
