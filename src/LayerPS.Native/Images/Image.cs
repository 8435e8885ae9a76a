using LayerPS.Images;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>An image as it was when it was asked for: a stack of read-only layers, and what its containers run with.</summary>
public sealed class Image
{
    private const int ShortIdLength = 12;
    private readonly StoreLayout _layout;

    internal Image(
        StoreLayout layout, ImageContent content, IReadOnlyList<string> references, string? asked, bool intermediate = false)
    {
        _layout = layout;
        Content = content;
        References = references;
        Asked = asked is null ? [] : [asked];
        Intermediate = intermediate;
        string? reference = asked ?? (references.Count > 0 ? references[0] : null);
        if (reference is null) return;
        int colon = reference.LastIndexOf(':');
        Name = reference[..colon];
        Tag = reference[(colon + 1)..];
    }

    /// <summary>
    /// 64 hex digits: the SHA-256 of the image's configuration; where it is nothing but a layer of other images, the id of
    /// that layer.
    /// </summary>
    public string Id => Content.Id;

    /// <summary>
    /// The digest of the image's manifest: sha256: and 64 hex digits; null where it is nothing but a layer of other images.
    /// </summary>
    public string? Digest => Content.Digest;

    /// <summary>The first 12 digits of the id.</summary>
    public string ShortId => Id[..ShortIdLength];

    /// <summary>The name that was asked for, else the first one; null for an image without names.</summary>
    public string? Name { get; }

    /// <summary>The tag that belongs to the name.</summary>
    public string? Tag { get; }

    /// <summary>Every name:tag that means this image.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>
    /// True for one without names that other images stand on: a step of a build, or just a layer of theirs.
    /// </summary>
    public bool Intermediate { get; }

    /// <summary>When it was made; null when its maker did not say.</summary>
    public DateTimeOffset? Created => Content.Spec.Created;

    /// <summary>Who made it; null when its maker did not say.</summary>
    public string? Author => Content.Spec.Author;

    /// <summary>The content of all its layers' files, in bytes, also of those that other images share.</summary>
    public long Size => Content.Layers.Sum(static layer => layer.Size);

    /// <summary>Its layers, the base first.</summary>
    public IReadOnlyList<ImageLayer> Layers => Content.Layers;

    /// <summary>The manifest digest of the image that this one was built on; null for one made anew, or when its maker did not say.</summary>
    public string? Parent => Content.Manifest.Annotations?.GetValueOrDefault(ImageManifest.BaseDigestAnnotation);

    /// <summary>The operating system its programs are for.</summary>
    public string Os => Content.Spec.Os;

    /// <summary>The processor its programs are for, by Go's names: amd64, arm64.</summary>
    public string Architecture => Content.Spec.Architecture;

    /// <summary>What its containers run with.</summary>
    public ImageConfig Config => Content.Config;

    /// <summary>name@digest for every name.</summary>
    public IReadOnlyList<string> RepoDigests =>
        [.. References.Select(static name => name[..name.LastIndexOf(':')]).Distinct().Select(name => $"{name}@{Digest}")];

    internal ImageContent Content { get; }

    /// <summary>Every name:tag that it was asked for by; none where it was found in another way.</summary>
    internal IReadOnlyList<string> Asked { get; private init; }

    /// <summary>The directories for a union mount, the topmost first.</summary>
    internal IReadOnlyList<string> LowerPaths => [.. Layers.Reverse().Select(static layer => layer.Path)];

    /// <summary>The same image as it is now.</summary>
    /// <exception cref="EngineException">ImageNotFound: it was removed.</exception>
    public Image Refresh() => new ImageCollection(_layout).Resolve(Digest ?? Id);

    /// <summary>The same image as it is now, with those of the names it was asked for by that it still has.</summary>
    /// <exception cref="EngineException">ImageNotFound: it was removed.</exception>
    internal Image RefreshAsAsked()
    {
        Image now = Refresh();
        string[] kept = [.. Asked.Where(name => now.References.Contains(name))];
        return kept.Length == 0 ? now : now.AskedBy(kept);
    }

    internal Image WithoutNames() => new(_layout, Content, [], null, Intermediate);

    internal Image AsIntermediate() => new(_layout, Content, References, null, intermediate: true);

    internal Image AskedBy(IReadOnlyList<string> names) =>
        new(_layout, Content, References, names[0], Intermediate) { Asked = names };

    /// <inheritdoc/>
    public override string ToString() => Name is null ? ShortId : $"{Name}:{Tag}";
}
