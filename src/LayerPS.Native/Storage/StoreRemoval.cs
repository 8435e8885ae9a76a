namespace LayerPS.Storage;

/// <summary>
/// What is to go from a store. In whatever moment it is stopped, what is left is right: names go before what they mean,
/// manifests before layers, and a layer before the one that it stands on. What a stopped one leaves, nothing refers to.
/// </summary>
internal sealed record StoreRemoval
{
    /// <summary>name:tag, without their images.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The manifest digests of images, which go with all of their names.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Hex digits.</summary>
    public IReadOnlyList<string> Blobs { get; init; } = [];

    /// <summary>Each before those below it.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>
    /// Takes all of it out of sight, step by step as it is enumerated. The caller has excluded all others by
    /// <see cref="ContentLock.Exclude"/> and <see cref="ReferenceTable.Lock"/>.
    /// </summary>
    /// <param name="layout">The store.</param>
    /// <param name="trash">Takes the layers' directories, which go with it when the locks are free again.</param>
    /// <returns>What was just done, for messages.</returns>
    internal IEnumerable<string> Steps(StoreLayout layout, StagedDirectory trash)
    {
        if (Names.Count + Images.Count > 0)
        {
            ReferenceTable references = ReferenceTable.Load(layout);
            foreach (string name in Names) references.Unset(name);
            foreach (string digest in Images) references.Remove(digest);
            references.Save(layout);
            yield return "references";
        }

        foreach (string hex in Blobs)
        {
            File.Delete(layout.Blob(hex));
            yield return hex;
        }

        foreach (string id in Layers)
        {
            Directory.Move(layout.Layer(id), Path.Combine(trash.Path, id));
            yield return id;
        }
    }
}
