namespace LayerPS.Oci;

/// <summary>The parts of an OCI runtime configuration that LayerPS writes and runs (runtime-spec 1.2, config.md).</summary>
internal sealed record RuntimeSpec
{
    public const string Version = "1.2.0";

    /// <summary>Annotation: the user as the person wrote it, to be looked up in the container's own passwd file.</summary>
    public const string UserAnnotation = "io.layerps.user";

    /// <summary>Annotation: the container is removed when it has ended.</summary>
    public const string AutoRemoveAnnotation = "io.layerps.auto-remove";

    public required string OciVersion { get; init; }

    public required RuntimeProcess Process { get; init; }

    public required RuntimeRoot Root { get; init; }

    public string? Hostname { get; set; }

    public IReadOnlyList<RuntimeMount> Mounts { get; set; } = [];

    public required RuntimeLinux Linux { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>();
}
