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

    /// <summary>Every image's manifest digest with its names, these sorted; without names for one that lost them.</summary>
    internal IEnumerable<(string Digest, IReadOnlyList<string> Names)> Images =>
        _digests.GroupBy(static row => row.Value, static row => row.Key)
            .Select(static image => (image.Key, (IReadOnlyList<string>)[.. image.Where(name => name != image.Key)]));

    /// <summary>Every name:tag, sorted.</summary>
    internal IEnumerable<string> Names => _digests.Where(static row => row.Key != row.Value).Select(static row => row.Key);

    /// <summary>As it is at this moment; whoever will change it has the lock.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal static ReferenceTable Load(StoreLayout layout)
    {
        if (SmallFile.TryRead(layout.References) is not { } json) return new ReferenceTable([]);
        try
        {
            return new ReferenceTable(JsonSerializer.Deserialize(json, StoreJson.Default.DictionaryStringString) ?? []);
        }
        catch (JsonException e)
        {
            throw new EngineException(
                EngineErrors.StoreCorrupt, $"The table of images '{layout.References}' cannot be read: {e.Message}",
                layout.References, inner: e);
        }
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

    /// <summary>Writes it, durably.</summary>
    internal void Save(StoreLayout layout) => AtomicFile.Write(
        layout.References, JsonSerializer.SerializeToUtf8Bytes(_digests, StoreJson.Readable.SortedDictionaryStringString),
        durable: true);

    // An image has a row of its own exactly when no name has it.
    private void Settle(string digest)
    {
        if (_digests.Any(row => row.Value == digest && row.Key != digest)) _digests.Remove(digest);
        else _digests[digest] = digest;
    }
}
