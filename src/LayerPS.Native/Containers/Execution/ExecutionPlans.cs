using System.Text.Json;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Puts together what a container runs with and what was asked for a further command in it.</summary>
internal static class ExecutionPlans
{
    /// <param name="container">One that runs.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="session">Whose pipes are the command's streams; null for none.</param>
    /// <exception cref="EngineException">ContainerCommandMissing, ContainerOptionInvalid.</exception>
    internal static ExecutionPlan Make(Container container, CommandOptions options, ExecutionSession? session)
    {
        Check(options);
        RuntimeSpec spec = ReadSpecification(container);
        return new ExecutionPlan
        {
            Process = spec.Process with
            {
                Args = options.Command,
                Env = EnvironmentOf(spec.Process.Env, options),
                Cwd = options.WorkingDirectory ?? spec.Process.Cwd,
                Terminal = options.Tty,
                ConsoleSize = null,
            },
            User = options.User ?? spec.Annotations.GetValueOrDefault(RuntimeSpec.UserAnnotation),
            Pid = container.Run.Pid,
            PidStartTime = container.Run.PidStartTime,
            Namespaces = [.. spec.Linux.Namespaces.Select(static made => made.Type)],
            CgroupPath = spec.Linux.CgroupsPath,
            Seccomp = spec.Annotations.GetValueOrDefault(RuntimeSpec.SeccompAnnotation),
            Session = session,
        };
    }

    private static IReadOnlyList<string> EnvironmentOf(IReadOnlyList<string> container, CommandOptions options)
    {
        string[] merged = ContainerConfigMerge.MergeEnvironment(container, options.Environment);
        return options.Tty ? ContainerConfigMerge.WithTerminal(merged) : merged;
    }

    private static void Check(CommandOptions options)
    {
        if (options.Command.Count == 0)
            throw new EngineException(EngineErrors.ContainerCommandMissing, "There is no command to run.");
        ContainerConfigMerge.CheckProcess(options.Command, options.Environment, options.WorkingDirectory);
    }

    /// <summary>The configuration that it was started with, which is not the record's where that was changed meanwhile.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal static RuntimeSpec ReadSpecification(Container container)
    {
        string path = Path.Combine(container.Directory, ContainerFiles.Configuration);
        try
        {
            return JsonSerializer.Deserialize(SmallFile.Read(path), RuntimeJson.Default.RuntimeSpec)
                ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw new EngineException(
                EngineErrors.StoreCorrupt, $"The container's configuration '{path}' cannot be read: {e.Message}", path, inner: e);
        }
    }
}
