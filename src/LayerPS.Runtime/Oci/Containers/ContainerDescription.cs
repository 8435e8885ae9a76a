namespace LayerPS.Runtime.Oci.Containers;

/// <summary>What is told about a container (runtime-spec, runtime.md, "State").</summary>
internal sealed record ContainerDescription
{
    internal required string OciVersion { get; init; }

    internal required string Id { get; init; }

    /// <summary>creating, created, running, paused or stopped.</summary>
    internal required string Status { get; init; }

    /// <summary>0 where there is none.</summary>
    internal required int Pid { get; init; }

    internal required string Bundle { get; init; }

    internal required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>The directory of its root; null where it is not told.</summary>
    internal string? RootFileSystem { get; init; }

    internal DateTimeOffset? Created { get; init; }

    /// <summary>Who created it; null where it is not told.</summary>
    internal string? Owner { get; init; }
}
