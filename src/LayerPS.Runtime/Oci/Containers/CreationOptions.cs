namespace LayerPS.Runtime.Oci.Containers;

/// <summary>How a container is created, besides what its configuration says.</summary>
internal sealed record CreationOptions
{
    /// <summary>The directory with config.json.</summary>
    internal required string Bundle { get; init; }

    /// <summary>The file that the number of the container's first process is written to.</summary>
    internal string? PidFile { get; init; }

    /// <summary>The socket that the master of its terminal is sent to, by its path.</summary>
    internal string? ConsoleSocket { get; init; }

    /// <summary>The same, as a descriptor that is closed then.</summary>
    internal int? Console { get; init; }

    /// <summary>How many descriptors from 3 on the container has.</summary>
    internal int PreservedDescriptors { get; init; }

    /// <summary>See <see cref="Init.StageArguments.NoPivot"/>.</summary>
    internal bool NoPivot { get; init; }
}
