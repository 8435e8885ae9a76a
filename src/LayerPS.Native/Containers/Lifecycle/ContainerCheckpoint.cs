using LayerPS.Archives;
using LayerPS.Images;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Makes an image of a container: its writable layer becomes a read-only one above those of its image.</summary>
/// <remarks>Only the writable layer is read, once; what lies below is shared.</remarks>
internal sealed class ContainerCheckpoint(StoreLayout layout)
{
    /// <exception cref="EngineException">
    /// ContainerNotFound, ImageReferenceInvalid, ContainerNotRunning, ImageLayersExceeded, StoreCorrupt.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing stays, and the container goes on.</exception>
    internal Image Run(Container container, CheckpointOptions options, CancellationToken cancellationToken)
    {
        ImageReference? name = ImageReference.ParseName(options.Name);
        // One that removes itself when it ends takes neither its files nor its layers away under the reader's hands.
        using FileLock kept = ContentLock.Share(layout, cancellationToken);
        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        container = transition.Container;
        using FileLock reading = ContainerReading.Begin(container);
        ImageBase below = ImageBase.Of(layout, container.ImageId, container.Parent);
        LayerLimit.CheckRoom(below.Layers.Count, 1);
        using StagedLayer layer = Stage(transition, options, cancellationToken);
        ImageConfig config = options.Config ?? ContainerTwin.ImageConfigOf(container, below.Spec.Config.ToConfig());
        ImageHistory step = new()
        {
            Created = DateTimeOffset.UtcNow,
            CreatedBy = options.CreatedBy ?? string.Join(' ', container.Entrypoint.Concat(container.Command)),
            Author = options.Author,
            Comment = options.Message,
        };
        return new ImageWriter(layout).WriteStep(
            below, layer, name, options.Change?.ApplyTo(config) ?? config, step, options.Author, cancellationToken);
    }

    private StagedLayer Stage(ContainerTransition transition, CheckpointOptions options, CancellationToken cancellationToken)
    {
        Container container = transition.Container;
        DirectoryTarOptions form = new() { Whiteouts = true, Warning = options.Warning };
        using TemporaryPause? pause = options.NoPause ? null : TemporaryPause.Begin(transition, cancellationToken);
        return TarPipe.Run(
            (tar, stop) => DirectoryTar.Write(container.UpperPath, tar, form, stop),
            tar => new LayerStore(layout).Stage(
                tar, container.Parent, UnpackOptions.Layer, options.Progress, cancellationToken),
            cancellationToken);
    }
}
