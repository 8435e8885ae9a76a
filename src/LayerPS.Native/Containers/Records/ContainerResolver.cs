using LayerPS.Images;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Finds the containers that a person means.</summary>
internal sealed class ContainerResolver(StoreLayout layout)
{
    private const int ShownCandidates = 5;
    private readonly ContainerReader _reader = new(layout);

    /// <param name="text">A name, or the beginning of an id.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNameAmbiguous, StoreCorrupt, StoreVersionUnsupported.</exception>
    internal Container Resolve(string text)
    {
        ContainerNames names = new(layout);
        if (names.IdOf(text) is { } named && _reader.TryRead(named) is { } container && container.Name == text)
            return container;
        if (FindByDigits(text) is { } id && _reader.TryRead(id) is { } found) return found;

        if (ImageOf(text) is { } image)
        {
            throw new EngineException(
                EngineErrors.ContainerNotFound, $"'{image}' is an image, not a container.", text,
                "New-Container and Invoke-Container make containers of an image; Save-Image saves it.");
        }

        string? nearest = NearestName.Of(text, names.All());
        string suggestion = nearest is null ? "" : $" Did you mean '{nearest}'?";
        throw new EngineException(EngineErrors.ContainerNotFound, $"There is no container '{text}'.{suggestion}", text);
    }

    /// <summary>The id of a container whose record need not be readable; null when there is none.</summary>
    /// <exception cref="EngineException">ContainerNameAmbiguous.</exception>
    internal string? FindId(string text) =>
        new ContainerNames(layout).IdOf(text) is { } named && Directory.Exists(layout.Container(named))
            ? named
            : FindByDigits(text);

    /// <summary>The containers whose name the pattern matches, the youngest first.</summary>
    internal IEnumerable<Container> Match(string pattern) =>
        _reader.ReadAll().Where(container => NamePattern.Matches(pattern, container.Name));

    private string? FindByDigits(string digits)
    {
        if (digits.Length is 0 or > ContentDigest.HexLength || !digits.All(char.IsAsciiHexDigitLower)) return null;
        List<string> ids = [.. _reader.Ids().Where(id => id.StartsWith(digits, StringComparison.Ordinal))];
        if (ids.Count == 0) return null;
        if (ids.Count == 1) return ids[0];

        IEnumerable<string> candidates = ids.Take(ShownCandidates)
            .Select(id => $"{NameOf(id)} ({Container.ShortIdOf(id)})");
        string more = ids.Count > ShownCandidates ? ", …" : "";
        throw new EngineException(
            EngineErrors.ContainerNameAmbiguous,
            $"{ids.Count} containers have an id that begins with '{digits}': {string.Join(", ", candidates)}{more}.", digits);
    }

    // A few digits begin many an id; what has been copied, or comes from a pipeline, is longer.
    private string? ImageOf(string text)
    {
        bool isShort = text.Length < Container.ShortIdLength && text.All(char.IsAsciiHexDigitLower);
        try
        {
            if (isShort) return null;
            Image image = new ImageResolver(layout).Resolve(text);
            return text.Length == ContentDigest.HexLength ? image.ToString() : text;
        }
        catch (EngineException)
        {
            return null;
        }
    }

    // The candidates are told by the links that name them: one whose record is damaged does not hide the others.
    private string? NameOf(string id)
    {
        ContainerNames names = new(layout);
        return names.All().FirstOrDefault(name => names.IdOf(name) == id);
    }
}
