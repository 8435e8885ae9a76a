using LayerPS.Containers;

namespace LayerPS;

/// <summary>What a container has mounted besides its own union.</summary>
public sealed record ContainerMount
{
    /// <summary>What it is.</summary>
    public ContainerMountType Type { get; set; }

    /// <summary>
    /// The absolute path on the host, or the name of the volume; null for a new volume without a name, and for a file
    /// system in memory.
    /// </summary>
    public string? Source { get; set; }

    /// <summary>Where it is in the container; an absolute path.</summary>
    public required string Destination { get; set; }

    /// <summary>Nothing can be written through it.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>A volume that was made for this container, and goes with it where that is asked for.</summary>
    public bool IsAnonymous { get; set; }

    /// <summary>Further options of a file system in memory, as mount(8) takes them: <c>size=64m</c>.</summary>
    public IReadOnlyList<string> Options { get; set; } = [];

    /// <summary>A volume or a file of the host, as <c>docker run --volume</c> takes it.</summary>
    /// <param name="text">
    /// <c>[source:]destination[:ro|rw]</c>. A source with a slash is a path of the host, another one the name of a
    /// volume; without one, the container gets a volume of its own.
    /// </param>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    public static ContainerMount ParseVolume(string text) => MountText.ParseVolume(text);

    /// <summary>A file system in memory, as <c>docker run --tmpfs</c> takes it.</summary>
    /// <param name="text"><c>destination[:option,…]</c>: size=64m, mode=1777, ro, exec, suid, dev …</param>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    public static ContainerMount ParseTmpFs(string text) => MountText.ParseTmpFs(text);

    /// <inheritdoc/>
    public override string ToString() => MountText.Of(this);
}
