using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Finds the one image that a person means.</summary>
internal sealed class ImageResolver(StoreLayout layout)
{
    private const int ShownCandidates = 5;

    private readonly ReferenceTable _references = ReferenceTable.Load(layout);
    private readonly ImageReader _reader = new(layout);

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
        if (isHex && FindByDigits(text, hex) is { } found) return found;
        throw Missing(text, (isHex ? reference : ImageReference.Parse(text))?.ToString() ?? text);
    }

    /// <summary>The images that have a name which the pattern matches, each once, by the first such name.</summary>
    internal IEnumerable<Image> Match(string pattern)
    {
        foreach ((string digest, IReadOnlyList<string> names) in _references.Images)
        {
            string? match = names.FirstOrDefault(name =>
                NamePattern.Matches(pattern, name) || NamePattern.Matches(pattern, name[..name.LastIndexOf(':')]));
            if (match is not null) yield return _reader.Read(digest, names, match);
        }
    }

    private Image? FindNamed(ImageReference reference)
    {
        if (reference.Digest is not { } wanted)
        {
            string name = reference.ToString();
            return _references.Find(name) is { } digest
                ? _reader.Read(digest, _references.NamesOf(digest), name)
                : null;
        }

        IReadOnlyList<string> names = _references.NamesOf(wanted);
        string? first = names.FirstOrDefault(name => name[..name.LastIndexOf(':')] == reference.Name);
        return first is null ? null : _reader.Read(wanted, names, first);
    }

    private Image? FindByDigits(string text, string hex)
    {
        List<(string Digest, IReadOnlyList<string> Names)> found = [];
        foreach ((string digest, IReadOnlyList<string> names) in _references.Images)
        {
            bool matches = digest.AsSpan(ContentDigest.Prefix.Length).StartsWith(hex)
                || _reader.ReadManifest(digest).Config.Digest.AsSpan(ContentDigest.Prefix.Length).StartsWith(hex);
            if (matches) found.Add((digest, names));
        }

        if (found.Count == 0) return null;
        if (found.Count == 1) return _reader.Read(found[0].Digest, found[0].Names);

        IEnumerable<string> candidates = found.Take(ShownCandidates)
            .Select(image => _reader.Read(image.Digest, image.Names))
            .Select(static image => $"{image} ({image.ShortId})");
        string more = found.Count > ShownCandidates ? ", …" : "";
        throw new EngineException(
            EngineErrors.ImageNameAmbiguous,
            $"{found.Count} images have an id that begins with '{text}': {string.Join(", ", candidates)}{more}.", text);
    }

    private EngineException Missing(string text, string wanted)
    {
        string? nearest = NearestName.Of(wanted, _references.Names);
        string suggestion = nearest is null ? "" : $" Did you mean '{nearest}'?";
        return new EngineException(EngineErrors.ImageNotFound, $"There is no image '{text}'.{suggestion}", text);
    }
}
