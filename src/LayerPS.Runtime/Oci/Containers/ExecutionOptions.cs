using LayerPS.Oci;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>A further command in a container.</summary>
internal sealed record ExecutionOptions
{
    /// <summary>Makes what is executed of what the container itself executes.</summary>
    internal required Func<RuntimeProcess, RuntimeProcess> Process { get; init; }

    /// <summary>The user as a person wrote it; null for that of the process.</summary>
    internal string? User { get; init; }

    /// <summary>It goes on by itself.</summary>
    internal bool Detached { get; init; }

    /// <inheritdoc cref="CreationOptions.PidFile"/>
    internal string? PidFile { get; init; }

    /// <inheritdoc cref="CreationOptions.ConsoleSocket"/>
    internal string? ConsoleSocket { get; init; }

    /// <inheritdoc cref="CreationOptions.PreservedDescriptors"/>
    internal int PreservedDescriptors { get; init; }
}
