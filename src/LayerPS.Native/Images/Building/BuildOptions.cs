namespace LayerPS;

/// <summary>How an image is built of a Dockerfile.</summary>
public sealed record BuildOptions
{
    /// <summary>The directory that COPY and ADD take files from.</summary>
    public required string ContextPath { get; init; }

    /// <summary>The Dockerfile; null for the one in the context.</summary>
    public string? DockerfilePath { get; init; }

    /// <summary>The image's names; another image that has one loses it.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Values for what ARG declares.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels besides those of the Dockerfile.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to build, by name or number; null for the last one.</summary>
    public string? Target { get; init; }

    /// <summary>os/architecture[/variant]; null for this machine's.</summary>
    public string? Platform { get; init; }

    /// <summary>Every step is done anew.</summary>
    public bool NoCache { get; init; }

    /// <summary>The layers of the steps become one, above the image that the target begins with.</summary>
    public bool Squash { get; init; }

    /// <summary>The container of a step that fails stays.</summary>
    public bool KeepFailed { get; init; }

    /// <summary>The network that RUN sees, where it does not say itself.</summary>
    public ContainerNetwork Network { get; init; } = ContainerNetwork.Host;

    /// <summary>
    /// The time that the image and its steps are said to be of; no file in their layers is younger. The same content
    /// then gives the same image.
    /// </summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>What RUN --mount=type=secret can take; it gets into no layer, no history and no key of the cache.</summary>
    public IReadOnlyList<BuildSecret> Secrets { get; init; } = [];

    /// <summary>Told of each step when it begins.</summary>
    public Action<BuildStep>? Step { get; init; }

    /// <summary>Told of what the steps write.</summary>
    public Action<ContainerLogEntry>? Output { get; init; }

    /// <summary>Told, in sentences, which steps were found in the cache, and which were not.</summary>
    public Action<string>? Detail { get; init; }

    /// <summary>Told, in sentences, of what may be a mistake.</summary>
    public Action<string>? Warning { get; init; }
}
