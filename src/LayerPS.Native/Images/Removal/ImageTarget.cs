using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>
/// The image that a person wants to see removed, to be looked up when it comes to it. Where it is meant by one of several
/// names, only that name is meant.
/// </summary>
internal sealed record ImageTarget
{
    private readonly string _text;
    private readonly string? _digest;

    internal ImageTarget(string text) => _text = text;

    internal ImageTarget(Image image)
    {
        _text = image.Asked ?? image.Digest ?? image.Id;
        _digest = image.Digest;
    }

    /// <exception cref="EngineException">As for <see cref="ImageResolver.Resolve"/>.</exception>
    internal Image Find(StoreLayout layout)
    {
        Image found = new ImageResolver(layout).Resolve(_text);
        return _digest is null || found.Digest == _digest
            ? found
            : throw new EngineException(EngineErrors.ImageNotFound, $"'{_text}' has become another image.", _text);
    }
}
