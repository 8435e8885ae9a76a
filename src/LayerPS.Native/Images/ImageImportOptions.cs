namespace LayerPS;

/// <summary>How an archive is imported.</summary>
public sealed record ImageImportOptions
{
    /// <summary>
    /// The name of the new image; null for those that the archive has, or none. Another image that has it loses it.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>What the containers of a root file system run with; null for nothing. Images bring their own.</summary>
    public ImageConfig? Config { get; init; }

    /// <summary>os/architecture[/variant], to choose among images for several platforms; null for this machine's.</summary>
    public string? Platform { get; init; }
}
