using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Finds the one image that a person means.</summary>
internal sealed class ImageResolver(StoreLayout layout)
{
    private const int ShownCandidates = 5;

    private readonly ReferenceTable _references = ReferenceTable.Load(layout);
    private readonly ImageReader _reader = new(layout);
    private EngineException? _unreadable;

    /// <param name="text">A name, name:tag, name@digest, a digest, or the beginning of an id.</param>
    /// <exception cref="EngineException">ImageNotFound, ImageNameAmbiguous, ImageReferenceInvalid, StoreCorrupt.</exception>
    internal Image Resolve(string text)
    {
        ImageReference? reference = ImageReference.TryParse(text, out _);
        if (reference is not null && FindNamed(reference) is { } named) return named;

        string hex = text.StartsWith(ContentDigest.Prefix, StringComparison.Ordinal)
            ? text[ContentDigest.Prefix.Length..]
            : text;
        bool isHex = hex.Length is > 0 and <= ContentDigest.HexLength && hex.All(char.IsAsciiHexDigitLower);
        if (isHex && (FindByDigits(text, hex) ?? FindLayer(text, hex)) is { } found) return found;
        // The one that was meant may be the one that cannot be read.
        if (isHex && _unreadable is not null) throw _unreadable;
        throw Missing(text, (isHex ? reference : ImageReference.Parse(text))?.ToString() ?? text);
    }

    /// <summary>The images that have a name which the pattern matches, each once, by all such names.</summary>
    internal IEnumerable<Image> Match(string pattern)
    {
        foreach ((string digest, IReadOnlyList<string> names) in _references.Images)
        {
            string[] matches = [.. names.Where(name => NamePattern.MatchesReference(pattern, name))];
            if (matches.Length > 0 && _reader.TryRead(digest, names) is { } image) yield return image.AskedBy(matches);
        }
    }

    private Image? FindNamed(ImageReference reference)
    {
        if (reference.Digest is not { } wanted)
        {
            string name = reference.ToString();
            return _references.Find(name) is { } digest
                ? _reader.TryRead(digest, _references.NamesOf(digest), name)
                : null;
        }

        IReadOnlyList<string> names = _references.NamesOf(wanted);
        string? first = names.FirstOrDefault(name => name[..name.LastIndexOf(':')] == reference.Name);
        return first is null ? null : _reader.TryRead(wanted, names, first);
    }

    private Image? FindByDigits(string text, string hex)
    {
        List<(string Digest, IReadOnlyList<string> Names)> found = [];
        foreach ((string digest, IReadOnlyList<string> names) in _references.Images)
            if (digest.AsSpan(ContentDigest.Prefix.Length).StartsWith(hex) || IdBegins(digest, hex)) found.Add((digest, names));

        if (found.Count == 0) return null;
        List<Image> images = [.. found.Select(row => _reader.TryRead(row.Digest, row.Names)).OfType<Image>()];
        // Two manifests of one configuration are one image in two forms.
        if (images.DistinctBy(static image => image.Id).Count() > 1) throw Ambiguous(text, images);
        Image? image = images.FirstOrDefault();
        bool intermediate = image is { Name: null } && new ImageTree(_reader.ReadAll(static _ => { })).Carries(image);
        return intermediate ? image!.AsIntermediate() : image;
    }

    // One image that cannot be read does not keep others from being found.
    private bool IdBegins(string digest, string hex)
    {
        try
        {
            return _reader.ReadManifest(digest).Config.Digest.AsSpan(ContentDigest.Prefix.Length).StartsWith(hex);
        }
        catch (EngineException e)
        {
            if (ReferenceTable.Load(layout).Contains(digest)) _unreadable ??= e;
            return false;
        }
    }

    private Image? FindLayer(string text, string hex)
    {
        List<Image> images = [.. _reader.ReadAll(e => _unreadable ??= e)];
        List<Image> found = [.. LayerEntry.In(layout, images).Where(entry => entry.Id.StartsWith(hex, StringComparison.Ordinal))];
        return found.Count > 1 ? throw Ambiguous(text, found) : found.FirstOrDefault();
    }

    private static EngineException Ambiguous(string text, List<Image> found)
    {
        IEnumerable<string> candidates = found.Take(ShownCandidates).Select(static image => $"{image} ({image.ShortId})");
        string more = found.Count > ShownCandidates ? ", …" : "";
        return new EngineException(
            EngineErrors.ImageNameAmbiguous,
            $"{found.Count} images have an id that begins with '{text}': {string.Join(", ", candidates)}{more}.", text);
    }

    internal EngineException Missing(string text, string wanted)
    {
        string? nearest = NearestName.Of(wanted, _references.Names);
        string suggestion = nearest is null ? "" : $" Did you mean '{nearest}'?";
        return new EngineException(EngineErrors.ImageNotFound, $"There is no image '{text}'.{suggestion}", text);
    }
}
