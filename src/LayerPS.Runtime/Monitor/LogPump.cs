using System.Runtime.InteropServices;
using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>Carries what the container writes into its log.</summary>
internal sealed unsafe class LogPump : IDisposable
{
    private const int Capacity = 16 * 1024;

    private readonly PollLoop _loop;
    private readonly LogWriter _writer;
    private readonly List<(int Descriptor, LogStream Stream)> _sources = [];

    // Outside the managed heap, and touched only as far as it is used.
    private readonly byte* _buffer = (byte*)NativeMemory.Alloc(Capacity);

    internal LogPump(PollLoop loop, LogWriter writer)
    {
        _loop = loop;
        _writer = writer;
    }

    internal void Add(int descriptor, LogStream stream)
    {
        _sources.Add((descriptor, stream));
        _loop.Watch(descriptor, () => Move(descriptor, stream), LibC.POLLIN);
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

    private bool Move(int descriptor, LogStream stream)
    {
        int count = Descriptors.Read(descriptor, new Span<byte>(_buffer, Capacity));
        if (count == 0) _loop.Forget(descriptor);
        else _writer.Write(stream, new ReadOnlySpan<byte>(_buffer, count));
        return count > 0;
    }
}
