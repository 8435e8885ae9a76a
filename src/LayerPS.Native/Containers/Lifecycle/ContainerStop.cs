using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Ends a container's run: asks by its stop signal, and insists by SIGKILL.</summary>
internal sealed class ContainerStop(StoreLayout layout)
{
    /// <summary>Returns when the end is recorded. One that does not run is left as it is.</summary>
    /// <param name="container">The container.</param>
    /// <param name="timeout">Seconds to wait after the stop signal; null for the container's own.</param>
    /// <param name="force">SIGKILL at once.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    /// <exception cref="EngineException">ContainerNotFound.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Container Stop(Container container, double? timeout, bool force, CancellationToken cancellationToken)
    {
        container = new ContainerReader(layout).Read(container);
        return ContainerStateRules.Allows(container.State, ContainerAction.Stop)
            ? End(container, timeout, force, cancellationToken)
            : container;
    }

    /// <summary>As <see cref="Stop"/>, for a container that is known to have been started and may be gone by now.</summary>
    internal Container End(Container container, double? timeout, bool force, CancellationToken cancellationToken)
    {
        if (container.Policy.Condition != RestartCondition.No)
        {
            StopRequest.Write(container.Directory);
            // Only from now on the monitor starts nothing that this does not see.
            container = new ContainerReader(layout).Read(container);
        }

        ContainerRun run = container.Run;
        using (ProcessHandle? init = ProcessHandle.TryOpen(run.Pid, run.PidStartTime))
        {
            if (init is not null) End(container, init, timeout, force, cancellationToken);
        }

        AwaitMonitor(run, cancellationToken);
        EventLog.Append(layout, container, ContainerEventKind.Stop);
        return new ContainerReader(layout).TryRead(container.Id)
            ?? container.With(run with { State = ContainerState.Exited });
    }

    /// <summary>Waits until the monitor of that run has recorded its end and gone.</summary>
    internal static void AwaitMonitor(ContainerRun run, CancellationToken cancellationToken)
    {
        using ProcessHandle? monitor = ProcessHandle.TryOpen(run.MonitorPid, run.MonitorStartTime);
        monitor?.WaitForExit(Timeout.InfiniteTimeSpan, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void End(
        Container container, ProcessHandle init, double? timeout, bool force, CancellationToken cancellationToken)
    {
        if (!force)
        {
            _ = Signals.TryParse(container.Config.StopSignal, out int signal);
            if (!Signal(container, init, signal)) return;
            if (init.WaitForExit(TimeSpan.FromSeconds(timeout ?? container.Config.StopTimeout), cancellationToken)) return;
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (Signal(container, init, LibC.SIGKILL)) init.WaitForExit(Timeout.InfiniteTimeSpan, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    // What is halted does not even die: the signal waits for the moment in which it goes on.
    private bool Signal(Container container, ProcessHandle init, int signal)
    {
        // Before the end that it brings about.
        EventLog.Append(layout, container, ContainerEventKind.Kill, detail: Signals.NameOf(signal));
        if (!init.Signal(signal)) return false;
        ContainerSuspension.Thaw(container.CgroupPath);
        return true;
    }
}
