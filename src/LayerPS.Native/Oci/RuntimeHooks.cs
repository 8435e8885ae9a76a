namespace LayerPS.Oci;

/// <summary>What is run around a container, by the points of its life (runtime-spec, config.md, "POSIX-platform Hooks").</summary>
internal sealed record RuntimeHooks
{
    /// <summary>The older name of <see cref="CreateRuntime"/>, and before it.</summary>
    public IReadOnlyList<RuntimeHook> Prestart { get; set; } = [];

    /// <summary>When the namespaces are there, before the container's root is entered; in the runtime's namespaces.</summary>
    public IReadOnlyList<RuntimeHook> CreateRuntime { get; set; } = [];

    /// <summary>At the same point, in the container's namespaces.</summary>
    public IReadOnlyList<RuntimeHook> CreateContainer { get; set; } = [];

    /// <summary>Before the command, inside the container.</summary>
    public IReadOnlyList<RuntimeHook> StartContainer { get; set; } = [];

    /// <summary>When the command runs; in the runtime's namespaces.</summary>
    public IReadOnlyList<RuntimeHook> Poststart { get; set; } = [];

    /// <summary>When the container is deleted; in the runtime's namespaces.</summary>
    public IReadOnlyList<RuntimeHook> Poststop { get; set; } = [];
}
