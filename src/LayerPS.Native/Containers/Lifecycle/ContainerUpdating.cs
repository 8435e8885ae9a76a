using System.Text.Json;
using LayerPS.Cgroups;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Changes the limits and the restart policy of a container, at once where it runs.</summary>
/// <remarks>
/// The kernel has the last word, so its files come first; then the record, and then what the monitor starts it again with.
/// </remarks>
internal sealed class ContainerUpdating(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound, ContainerOptionInvalid, HostNotSupported.</exception>
    /// <exception cref="IOException">The kernel refuses a limit; nothing is changed then.</exception>
    internal Container Update(Container container, ContainerUpdate update, CancellationToken cancellationToken)
    {
        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        container = transition.Container;
        ContainerConfig config = container.Config;
        ContainerLimits limits = update.Limits.Over(config.Limits);
        LimitRules.Check(limits);
        string policy = update.RestartPolicy is null
            ? config.RestartPolicy
            : ContainerConfigMerge.CheckPolicy(
                new ContainerOptions { RestartPolicy = update.RestartPolicy, AutoRemove = config.AutoRemove }).ToString();
        if (ContainerStateRules.Allows(container.State, ContainerAction.Signal)) Apply(container, limits);
        config = config with { Limits = LimitRules.Normalize(limits), RestartPolicy = policy };
        ContainerReader reader = new(layout);
        ContainerRecord record = reader.TryReadRecord(container.Id) ?? throw new EngineException(
            EngineErrors.ContainerNotFound, $"The container '{container.Name}' was removed.", container.Name);
        AtomicFile.Write(
            StoreLayout.ContainerRecordIn(container.Directory),
            JsonSerializer.SerializeToUtf8Bytes(record with { Config = config }, ContainerJson.Readable.ContainerRecord),
            durable: true);
        if (ContainerStateRules.Allows(container.State, ContainerAction.Stop)) UpdateConfiguration(container, config);

        Container updated = reader.Read(container);
        EventLog.Append(layout, updated, ContainerEventKind.Update);
        return updated;
    }

    // Where one limit is refused, those before it go back to what they were.
    private static void Apply(Container container, ContainerLimits limits)
    {
        ContainerCgroup cgroup = new(CgroupHierarchy.OnThisHost(), container.CgroupPath);
        try
        {
            LimitRules.ToCgroup(limits).ApplyTo(cgroup);
        }
        catch (IOException)
        {
            Restore(cgroup, limits, container.Config.Limits);
            throw;
        }
    }

    private static void Restore(ContainerCgroup cgroup, ContainerLimits limits, ContainerLimits before)
    {
        try
        {
            LimitRules.ToCgroup(before.Over(LimitRules.NoneOf(limits))).ApplyTo(cgroup);
        }
        catch (IOException)
        {
            // What was refused is told; the container may be gone.
        }
    }

    private static void UpdateConfiguration(Container container, ContainerConfig config)
    {
        string path = Path.Combine(container.Directory, ContainerFiles.Configuration);
        RuntimeSpec spec = ExecutionPlans.ReadSpecification(container);
        Dictionary<string, string> annotations = new(spec.Annotations);
        annotations.Remove(RuntimeSpec.RestartPolicyAnnotation);
        RestartPolicy policy = ContainerConfigMerge.PolicyOf(config);
        if (policy.Condition != RestartCondition.No)
        {
            annotations[RuntimeSpec.RestartPolicyAnnotation] = policy.ToString();
            // One from before its start has nothing to say any more; with a policy, the start would have cleared it.
            if (container.Policy.Condition == RestartCondition.No) StopRequest.Clear(container.Directory);
        }

        spec.Annotations = annotations;
        spec.Linux.Resources = LimitRules.ToRuntime(config.Limits, spec.Linux.Resources?.Devices);
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(spec, RuntimeJson.Default.RuntimeSpec), durable: false);
    }
}
