using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>
/// The image that a person wants to see removed, to be looked up when it comes to it. Where it is meant by some of
/// several names, only those names are meant.
/// </summary>
internal sealed record ImageTarget
{
    private readonly string _text;
    private readonly string? _digest;
    private readonly IReadOnlyList<string> _names = [];

    internal ImageTarget(string text) => _text = text;

    internal ImageTarget(Image image)
    {
        _names = image.Asked;
        _text = _names.Count > 0 ? _names[0] : image.Digest ?? image.Id;
        _digest = image.Digest;
    }

    /// <exception cref="EngineException">As for <see cref="ImageResolver.Resolve"/>.</exception>
    internal Image Find(StoreLayout layout)
    {
        Image found = new ImageResolver(layout).Resolve(_text);
        if (_digest is not null && found.Digest != _digest)
            throw new EngineException(EngineErrors.ImageNotFound, $"'{_text}' has become another image.", _text);
        return _names.Count > 1 ? found.AskedBy([.. _names.Where(name => found.References.Contains(name))]) : found;
    }
}
