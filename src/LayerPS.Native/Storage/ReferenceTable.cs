using System.Text.Json;

namespace LayerPS.Storage;

/// <summary>
/// <c>references.json</c>: which manifest a name means. An image that lost its last name is kept under its own
/// digest, so that this one table holds every image there is.
/// </summary>
internal sealed class ReferenceTable
{
    private readonly SortedDictionary<string, string> _digests;

    private ReferenceTable(IEnumerable<KeyValuePair<string, string>> digests)
    {
        _digests = new(StringComparer.Ordinal);
        foreach ((string name, string digest) in digests) _digests[name] = digest;
    }

    /// <summary>Every image's manifest digest with its names, these sorted; then those that lost their names.</summary>
    internal IEnumerable<(string Digest, IReadOnlyList<string> Names)> Images =>
        _digests.GroupBy(static row => row.Value, static row => row.Key)
            .Select(static image => (
                Digest: image.Key, Names: (IReadOnlyList<string>)[.. image.Where(name => name != image.Key)]))
            .OrderBy(static image => image.Names.Count == 0);

    /// <summary>Every name:tag, sorted.</summary>
    internal IEnumerable<string> Names => _digests.Where(static row => row.Key != row.Value).Select(static row => row.Key);

    /// <summary>Without any image.</summary>
    internal static ReferenceTable Empty() => new([]);

    /// <summary>As it is at this moment; whoever will change it has the lock.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal static ReferenceTable Load(StoreLayout layout)
    {
        Dictionary<string, string> rows;
        try
        {
            rows = Rows(layout);
        }
        catch (JsonException e)
        {
            throw new EngineException(
                EngineErrors.StoreCorrupt, $"The table of images '{layout.References}' cannot be read: {e.Message}",
                layout.References, inner: e);
        }

        foreach ((string name, string digest) in rows)
        {
            if (IsRow(name, digest)) continue;
            throw new EngineException(
                EngineErrors.StoreCorrupt,
                $"The table of images '{layout.References}' has the impossible row '{name}': '{digest}'.", layout.References);
        }

        return new ReferenceTable(rows);
    }

    /// <summary>The lock without which the table, and what it keeps alive, must not change.</summary>
    internal static FileLock Lock(StoreLayout layout, CancellationToken cancellationToken) =>
        FileLock.Acquire(layout.ReferencesLock, exclusive: true, cancellationToken);

    /// <summary>The manifest digest that a name:tag means; null for none.</summary>
    internal string? Find(string name) => _digests.GetValueOrDefault(name);

    /// <summary>The names of one image, sorted.</summary>
    internal IReadOnlyList<string> NamesOf(string digest) =>
        [.. _digests.Where(row => row.Value == digest && row.Key != digest).Select(static row => row.Key)];

    internal bool Contains(string digest) => _digests.ContainsValue(digest);

    /// <summary>Gives the name to that image, taking it from any other; with no name, just keeps the image.</summary>
    internal void Set(string? name, string digest)
    {
        string? former = name is null ? null : Find(name);
        if (name is not null) _digests[name] = digest;
        Settle(digest);
        if (former is not null && former != digest) Settle(former);
    }

    /// <summary>Takes a name away. An image that loses its last one is kept without names.</summary>
    internal void Unset(string name)
    {
        if (_digests.Remove(name, out string? digest)) Settle(digest);
    }

    /// <summary>Takes an image out, with all of its names.</summary>
    internal void Remove(string digest)
    {
        foreach (string name in NamesOf(digest)) _digests.Remove(name);
        _digests.Remove(digest);
    }

    /// <summary>Writes it, durably.</summary>
    internal void Save(StoreLayout layout) => AtomicFile.Write(
        layout.References, JsonSerializer.SerializeToUtf8Bytes(_digests, StoreJson.Readable.SortedDictionaryStringString),
        durable: true);

    private static Dictionary<string, string> Rows(StoreLayout layout) => SmallFile.TryRead(layout.References) is { } json
        ? JsonSerializer.Deserialize(json, StoreJson.Default.DictionaryStringString) ?? []
        : [];

    private static bool IsRow(string name, string? digest) =>
        ContentDigest.TryGetHex(digest, out _) && (name == digest || name.LastIndexOf(':') > 0);

    // An image has a row of its own exactly when no name has it.
    private void Settle(string digest)
    {
        if (_digests.Any(row => row.Value == digest && row.Key != digest)) _digests.Remove(digest);
        else _digests[digest] = digest;
    }
}
