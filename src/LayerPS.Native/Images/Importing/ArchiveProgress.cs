using LayerPS.Archives;

namespace LayerPS.Images;

/// <summary>Tells how many bytes of an archive's layers are done, also where several are read at once.</summary>
internal sealed class ArchiveProgress(IProgress<long>? target)
{
    private long _done;

    internal void Add(long bytes) => target?.Report(Interlocked.Add(ref _done, bytes));

    /// <summary>For one layer; what it is told does not matter, it looks itself.</summary>
    internal IProgress<long> Of(DecodedStream layer) => new LayerProgress(this, layer);

    private sealed class LayerProgress(ArchiveProgress all, DecodedStream layer) : IProgress<long>
    {
        private long _last;

        public void Report(long value)
        {
            long now = layer.CompressedBytes;
            all.Add(now - _last);
            _last = now;
        }
    }
}
