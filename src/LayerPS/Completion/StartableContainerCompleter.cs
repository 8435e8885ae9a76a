namespace LayerPS.Completion;

/// <summary>Completes the names of the containers that do not run.</summary>
public sealed class StartableContainerCompleter : ContainerNameCompleter
{
    /// <inheritdoc/>
    protected override bool Fits(Container container) => container.State is ContainerState.Created or ContainerState.Exited;
}
