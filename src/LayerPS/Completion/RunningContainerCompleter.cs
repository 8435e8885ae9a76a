namespace LayerPS.Completion;

/// <summary>Completes the names of the containers that run, paused ones among them.</summary>
public sealed class RunningContainerCompleter : ContainerNameCompleter
{
    /// <inheritdoc/>
    protected override bool Fits(Container container) =>
        container.State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting;
}
