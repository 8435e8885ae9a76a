using System.Collections.ObjectModel;

namespace LayerPS;

/// <summary>What containers of an image run with, unless they say otherwise (OCI image-spec, config.md, "config").</summary>
public sealed record ImageConfig
{
    /// <summary>The default command, or the default arguments of the entrypoint.</summary>
    public IReadOnlyList<string> Cmd { get; init; } = [];

    /// <summary>What goes before the command.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>KEY=VALUE.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>user[:group], by name or number; null for root.</summary>
    public string? User { get; init; }

    /// <summary>The directory that processes start in; null for the root.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>port[/protocol], for people: nothing is opened by it.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>The directories that are volumes in its containers.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Free words about the image.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The signal that asks a container to end, by name or number; null for SIGTERM.</summary>
    public string? StopSignal { get; init; }

    /// <summary>How the health of its containers is to be found out; null where nothing is said.</summary>
    public ImageHealthcheck? Healthcheck { get; init; }

    /// <summary>Instructions that a build which begins with the image does first.</summary>
    public IReadOnlyList<string> OnBuild { get; init; } = [];

    /// <summary>What runs the commands of a build that are given as a line; empty for <c>/bin/sh -c</c>.</summary>
    public IReadOnlyList<string> Shell { get; init; } = [];

    /// <summary>Whether it says nothing.</summary>
    internal bool IsEmpty =>
        Cmd.Count + Entrypoint.Count + Env.Count + ExposedPorts.Count + Volumes.Count + Labels.Count == 0
        && User is null && WorkingDir is null && StopSignal is null;
}
