using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Sends signals to a container's first process.</summary>
internal sealed class ContainerSignal(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning, ContainerOptionInvalid.</exception>
    internal Container Send(Container container, string signal)
    {
        int number = ContainerConfigMerge.ParseSignal(signal);
        ContainerReader reader = new(layout);
        container = reader.Read(container);
        ContainerStateRules.Require(container, ContainerAction.Signal);
        using (ProcessHandle? init = ProcessHandle.TryOpen(container.Run.Pid, container.Run.PidStartTime))
        {
            // Before the end that it may bring about.
            if (init is not null) EventLog.Append(layout, container, ContainerEventKind.Kill, detail: Signals.NameOf(number));
            if (init is null || !init.Signal(number))
            {
                throw new EngineException(
                    EngineErrors.ContainerNotRunning, $"The container '{container.Name}' has ended.", container.Name);
            }
        }

        // What is halted does not even die.
        if (number == LibC.SIGKILL) ContainerSuspension.Thaw(container.CgroupPath);
        return reader.TryRead(container.Id) ?? container;
    }
}
