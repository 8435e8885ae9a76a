namespace LayerPS.Oci;

/// <summary>An OCI runtime configuration, with the parts of it that are for Linux (runtime-spec 1.2, config.md).</summary>
internal sealed record RuntimeSpec
{
    public const string Version = "1.2.0";

    /// <summary>Annotation: the user as the person wrote it, to be looked up in the container's own passwd file.</summary>
    public const string UserAnnotation = "io.layerps.user";

    /// <summary>Annotation: the container is removed when it has ended.</summary>
    public const string AutoRemoveAnnotation = "io.layerps.auto-remove";

    /// <summary>Annotation: the first process is one of LayerPS, and the container's command its child.</summary>
    public const string InitAnnotation = "io.layerps.init";

    /// <summary>
    /// Annotation, followed by the type of a namespace: the id of the container whose it is. Its file in /proc is another one
    /// each time that container is started.
    /// </summary>
    public const string NamespaceAnnotation = "io.layerps.namespace.";

    /// <summary>Annotation: when the container is started again, as <c>ContainerConfig.RestartPolicy</c> has it.</summary>
    public const string RestartPolicyAnnotation = "io.layerps.restart-policy";

    /// <summary>Annotation: how often it was started again before this start.</summary>
    public const string RestartCountAnnotation = "io.layerps.restart-count";

    /// <summary>Annotation: the standard input of the container's process stays open.</summary>
    public const string OpenInputAnnotation = "io.layerps.open-input";

    /// <summary>Annotation: how much of its log is kept, <c>size x count</c>; absent where it is the usual.</summary>
    public const string LogAnnotation = "io.layerps.log";

    /// <summary>Annotation: how the container's health is found out, see <c>HealthPlan</c>; absent where it is not.</summary>
    public const string HealthAnnotation = "io.layerps.health";

    /// <summary>Annotation: the file of the program that filters system calls, see <c>SeccompFilterCache</c>.</summary>
    public const string SeccompAnnotation = "io.layerps.seccomp-filter";

    public required string OciVersion { get; init; }

    public required RuntimeProcess Process { get; init; }

    public required RuntimeRoot Root { get; init; }

    public string? Hostname { get; set; }

    public string? Domainname { get; set; }

    public RuntimeHooks? Hooks { get; set; }

    public IReadOnlyList<RuntimeMount> Mounts { get; set; } = [];

    public RuntimeLinux Linux { get; set; } = new();

    public IReadOnlyDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>();
}
