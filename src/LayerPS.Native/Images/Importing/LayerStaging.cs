using System.Runtime.ExceptionServices;
using LayerPS.Archives;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Unpacks the layers of an archive that the store lacks, out of sight. They go when they are not published.</summary>
internal sealed class LayerStaging(StoreLayout layout, ImageFiles files, IProgress<long>? progress) : IDisposable
{
    // One layer keeps two processors busy: one reads and unpacks, the other hashes and writes.
    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    private readonly LayerStore _layers = new(layout);
    private readonly ArchiveProgress _progress = new(progress);
    private readonly Dictionary<string, StagedLayer> _staged = [];

    /// <summary>Unpacks those that are neither stored nor staged.</summary>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused, HostNotSupported.</exception>
    internal void StageMissing(IEnumerable<PlannedLayer> layers, CancellationToken cancellationToken)
    {
        PlannedLayer[] missing = [.. layers.Where(layer => !_staged.ContainsKey(layer.Id) && !IsStored(layer))];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? failure = null;
        Parallel.ForEach(missing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, layer =>
        {
            try
            {
                if (stop.IsCancellationRequested) return;
                StagedLayer staged = Stage(layer, stop.Token);
                lock (_staged) _staged.Add(layer.Id, staged);
            }
            catch (Exception e)
            {
                // The first is why the others were stopped.
                Interlocked.CompareExchange(ref failure, e, null);
                stop.Cancel();
            }
        });
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Makes the staged ones layers of the store, durable together with all that was written to it before.</summary>
    /// <param name="layers">All that were planned, those below first.</param>
    internal void Publish(IEnumerable<PlannedLayer> layers)
    {
        StagedLayer? last = null;
        foreach (PlannedLayer layer in layers)
            if (_staged.TryGetValue(layer.Id, out StagedLayer? staged)) (last = staged).Publish();
        Linux.FileSystems.SyncAll(layout.Layers);
    }

    /// <summary>Makes the staged ones durable as they are.</summary>
    internal void Sync(IEnumerable<PlannedLayer> layers)
    {
        if (_staged.Count == 0) return;
        foreach (PlannedLayer layer in layers)
            if (_staged.TryGetValue(layer.Id, out StagedLayer? staged))
                staged.Describe(layer.Step.CreatedBy, layer.Step.Created ?? DateTimeOffset.UnixEpoch);
        Linux.FileSystems.SyncAll(layout.Staging);
    }

    /// <summary>The length of a layer's plain tar, in bytes; the layer is staged or stored.</summary>
    internal long TarSizeOf(string id)
    {
        if (_staged.TryGetValue(id, out StagedLayer? staged)) return staged.TarSize;
        using FileStream split = File.OpenRead(layout.LayerTarSplit(id));
        return LayerTar.SizeOf(split);
    }

    public void Dispose()
    {
        foreach (StagedLayer staged in _staged.Values) staged.Dispose();
    }

    private bool IsStored(PlannedLayer layer)
    {
        if (_layers.TryRead(layer.Id) is null) return false;
        if (layer.Source.Size is { } size) _progress.Add(size);
        return true;
    }

    private StagedLayer Stage(PlannedLayer layer, CancellationToken cancellationToken)
    {
        ArchivedLayer source = layer.Source;
        Stream file = files.Open(source.File, out long length);
        if (source.Size is { } declared && declared != length)
        {
            file.Dispose();
            throw ArchiveErrors.Invalid($"'{source.File}' has {length} bytes, not {declared} as declared");
        }

        // A plain tar is hashed anyway.
        VerifiedStream? verified = source.BlobHex is { } hex && hex != source.DiffId
            ? new VerifiedStream(file, hex, length, source.File)
            : null;
        using DecodedStream tar = Compression.OpenRead(verified ?? file, leaveOpen: false);
        UnpackOptions options = UnpackOptions.Layer;
        if (tar.Kind != CompressionKind.None) options = options with { CompressedBytes = () => tar.CompressedBytes };
        StagedLayer staged = _layers.Stage(tar.Content, layer.Parent, options, _progress.Of(tar), cancellationToken);
        try
        {
            verified?.Complete();
            return staged.DiffId == source.DiffId
                ? staged
                : throw ArchiveErrors.Invalid(
                    $"the layer '{source.File}' has the digest sha256:{staged.DiffId}, not sha256:{source.DiffId}");
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }
}
