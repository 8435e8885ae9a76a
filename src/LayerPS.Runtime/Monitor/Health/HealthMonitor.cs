using System.Globalization;
using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Runs a container's health command again and again while the container runs, and records what it finds. One that is
/// halted is left alone.
/// </summary>
internal sealed class HealthMonitor
{
    private readonly PollLoop _loop;
    private readonly MonitorEvents _events;
    private readonly HealthPlan _plan;
    private readonly Freezer? _freezer;
    private HealthRecord _record = new();
    private HealthCheckProcess? _running;
    private PollLoop.Deadline? _next;
    private PollLoop.Deadline? _timeout;
    private int _container;
    private long _began;

    private HealthMonitor(PollLoop loop, MonitorEvents events, HealthPlan plan, string? cgroup)
    {
        (_loop, _events, _plan) = (loop, events, plan);
        _freezer = cgroup is null ? null : Freezer.Of(cgroup);
    }

    /// <summary>To be called before the container is started: nobody may take its latest run's health for that of this one.</summary>
    /// <returns>Null where the container has no health command.</returns>
    internal static HealthMonitor? Prepare(PollLoop loop, MonitorEvents events, MonitorPlan plan)
    {
        if (plan.Health is null) return null;
        HealthMonitor monitor = new(loop, events, plan.Health, plan.CgroupPath);
        monitor.Record();
        return monitor;
    }

    /// <param name="container">The container's process.</param>
    internal void Begin(int container)
    {
        _container = container;
        _began = Environment.TickCount64;
        Await();
    }

    /// <summary>To be called when the container has ended.</summary>
    internal void End()
    {
        _loop.Cancel(_next);
        _loop.Cancel(_timeout);
        _running?.Abandon();
        _running = null;
    }

    private bool IsStarting => Environment.TickCount64 - _began < _plan.StartPeriod.TotalMilliseconds;

    private void Await()
    {
        bool isEarly = IsStarting && _record.Status == ContainerHealth.Starting;
        _next = _loop.After(isEarly ? _plan.StartInterval : _plan.Interval, Check);
    }

    private void Check()
    {
        if (_freezer is { IsFrozen: true })
        {
            Await();
            return;
        }

        DateTimeOffset started = DateTimeOffset.UtcNow;
        try
        {
            _running = HealthCheckProcess.Start(_loop, _plan.Command, _container, Conclude);
            _timeout = _loop.After(_plan.Timeout, Expire);
        }
        catch (Exception e)
        {
            // Such as no memory for a process; the container itself is not concerned.
            Conclude(new HealthCheckResult { Started = started, Duration = TimeSpan.Zero, Output = e.Message });
        }
    }

    private void Expire()
    {
        // A command that was halted with its container took no time.
        if (_freezer is { IsFrozen: true }) _timeout = _loop.After(_plan.Timeout, Expire);
        else _running!.Expire(_plan.Timeout);
    }

    private void Conclude(HealthCheckResult result)
    {
        _running = null;
        _loop.Cancel(_timeout);
        if (result.ExitCode != 0 && ContainerIsEnding()) return;
        ContainerHealth before = _record.Status;
        _record = _record.With(result, _plan.Retries, IsStarting);
        if (_record.Status != before) _events.Append(ContainerEventKind.HealthStatus, detail: _record.Status.ToString());
        Record();
        // What checks leave behind would be most of the monitor's memory.
        GC.Collect();
        Await();
    }

    // The command ends with the container, and its end is seen first (pid_namespaces(7)). A process gives up its program
    // before it waits for those in its namespace.
    private bool ContainerIsEnding() =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{_container}/exe")).LinkTarget is null;

    // A full disk must not stop the container; the next check is recorded again.
    private void Record() => _ = AtomicFile.TryReplace(ContainerFiles.Health, _record.ToJson());
}
