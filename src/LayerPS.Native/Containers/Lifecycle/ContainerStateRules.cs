namespace LayerPS.Containers;

/// <summary>The state machine: which action a state allows, and what is said where it does not.</summary>
internal static class ContainerStateRules
{
    internal static bool Allows(ContainerState state, ContainerAction action) => action switch
    {
        ContainerAction.Start => state is ContainerState.Created or ContainerState.Exited,
        ContainerAction.Signal => state is ContainerState.Running or ContainerState.Paused,
        ContainerAction.Stop => state is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting,
        ContainerAction.Remove => state is ContainerState.Created or ContainerState.Exited,
        ContainerAction.Suspend => state is ContainerState.Running or ContainerState.Paused,
        ContainerAction.Execute => state is ContainerState.Running,
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <exception cref="EngineException">ContainerRunning, ContainerNotRunning, ContainerPaused: the state does not allow it.</exception>
    internal static void Require(Container container, ContainerAction action)
    {
        if (Allows(container.State, action)) return;
        string subject = $"The container '{container.Name}' is {Describe(container.State)}";
        throw action switch
        {
            ContainerAction.Start => new EngineException(
                EngineErrors.ContainerRunning, $"{subject}; it cannot be started once more.", container.Name,
                "Start another container of the same image, or stop this one first with Stop-Container."),
            ContainerAction.Remove => new EngineException(
                EngineErrors.ContainerRunning, $"{subject}; it cannot be removed.", container.Name,
                "Stop it first with Stop-Container, or use Remove-Container -Force."),
            ContainerAction.Execute when container.State == ContainerState.Paused => new EngineException(
                EngineErrors.ContainerPaused, $"{subject}; no command can run in it.", container.Name),
            _ => new EngineException(EngineErrors.ContainerNotRunning, $"{subject}, not running.", container.Name),
        };
    }

    private static string Describe(ContainerState state) => state switch
    {
        ContainerState.Created => "created",
        ContainerState.Running => "running",
        ContainerState.Paused => "paused",
        ContainerState.Restarting => "restarting",
        ContainerState.Exited => "exited",
        ContainerState.Removing => "being removed",
        _ => state.ToString(),
    };
}
