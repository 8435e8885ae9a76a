namespace LayerPS;

/// <summary>What the removal of an image takes away, before it is done or after.</summary>
public sealed record ImageRemoval
{
    /// <summary>The image that was named: by name:tag, or by short id where it has none.</summary>
    public required string Image { get; init; }

    /// <summary>Every name:tag that goes.</summary>
    public IReadOnlyList<string> Untagged { get; init; } = [];

    /// <summary>The ids of the images that go, the topmost first; empty where a name goes and the image stays.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The ids of the layers that go, each before the one below it: those that nothing else uses.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The names of the containers, none of them running, whose image goes; they keep their layers.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The content of the files that go, in bytes.</summary>
    public long Size { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Image;
}
