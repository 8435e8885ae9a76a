namespace LayerPS.Oci;

/// <summary>A program of the host that is run at a point of a container's life (runtime-spec, config.md, "POSIX-platform Hooks").</summary>
internal sealed record RuntimeHook
{
    /// <summary>Absolute.</summary>
    public required string Path { get; init; }

    /// <summary>Its argv, the name of the program included; null for the path alone.</summary>
    public IReadOnlyList<string>? Args { get; set; }

    public IReadOnlyList<string> Env { get; set; } = [];

    /// <summary>In seconds; null for any time.</summary>
    public int? Timeout { get; set; }
}
