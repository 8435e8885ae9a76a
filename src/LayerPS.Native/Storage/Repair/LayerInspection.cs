using System.Security.Cryptography;
using System.Text.Json;
using LayerPS.Archives;
using LayerPS.Containers;
using LayerPS.Images;
using LayerPS.Linux;
using LayerPS.Oci;

namespace LayerPS.Storage;

/// <summary>
/// Looks for layers whose record cannot be read. Its id says what it is: the record is written again from the
/// configuration of an image that has the layer, or from the digest of its tar.
/// </summary>
internal sealed class LayerInspection(StoreLayout layout, CancellationToken cancellationToken)
{
    private readonly LayerStore _layers = new(layout);

    // What images say of their layers, whether or not these can be read; whole where every image says something.
    private readonly Lazy<(Dictionary<string, (string? Parent, string DiffId)> Layers, bool Whole)> _told =
        new(() => Told(layout));

    internal IEnumerable<StorageFault> Run()
    {
        foreach (string id in _layers.Ids().Order(StringComparer.Ordinal))
        {
            string? fault = FaultOf(id);
            if (fault is null) continue;
            (string? action, Action? repair) = RepairOf(id);
            yield return StorageFault.Of(ContainerStorageKind.Layer, id, layout.Layer(id), fault, action, repair);
        }
    }

    private string? FaultOf(string id)
    {
        try
        {
            return _layers.TryRead(id) is null ? $"The layer '{layout.Layer(id)}' has no metadata." : null;
        }
        catch (EngineException e)
        {
            return e.Message;
        }
    }

    private (string? Action, Action? Repair) RepairOf(string id)
    {
        if (Directory.Exists(layout.LayerFiles(id)) && IdentityOf(id) is { } identity)
        {
            return ("Write its metadata again.", () => Write(id, identity.Parent, identity.DiffId));
        }

        // A container tells of its top layer alone, and which lie below that one may just be what cannot be read.
        bool mayBeUsed = _told.Value.Layers.ContainsKey(id) || !_told.Value.Whole || new ContainerReader(layout).Ids().Any();
        if (mayBeUsed) return (null, null);
        return ("Remove it: nothing refers to it.", () => StagingArea.Discard(layout, layout.Layer(id)));
    }

    private (string? Parent, string DiffId)? IdentityOf(string id)
    {
        if (_told.Value.Layers.TryGetValue(id, out (string? Parent, string DiffId) told)) return told;
        if (TryHash(id) is not { } diffId) return null;
        foreach (string? parent in _layers.Ids().Prepend(null))
            if (LayerStore.ChainId(parent, diffId) == id) return (parent, diffId);
        return null;
    }

    private string? TryHash(string id)
    {
        try
        {
            using SHA256 hash = SHA256.Create();
            using (FileStream split = File.OpenRead(layout.LayerTarSplit(id)))
            using (CryptoStream tar = new(Stream.Null, hash, CryptoStreamMode.Write))
                LayerTar.Rebuild(layout.LayerFiles(id), split, tar, cancellationToken);
            return Convert.ToHexStringLower(hash.Hash!);
        }
        catch (Exception e) when (e is EngineException or LinuxException or IOException)
        {
            return null;
        }
    }

    private void Write(string id, string? parent, string diffId)
    {
        LayerRecord record = new()
        {
            Id = id,
            DiffId = diffId,
            Parent = parent,
            Size = TreeSize.Of(layout.LayerFiles(id), cancellationToken),
            Created = File.GetLastWriteTimeUtc(layout.LayerTarSplit(id)),
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, StoreJson.Readable.LayerRecord);
        AtomicFile.Write(layout.LayerMetadata(id), json, durable: true);
    }

    private static (Dictionary<string, (string? Parent, string DiffId)> Layers, bool Whole) Told(StoreLayout layout)
    {
        Dictionary<string, (string?, string)> told = [];
        bool whole = true;
        ImageReader reader = new(layout);
        foreach ((string digest, _) in ReferenceTable.Load(layout).Images)
        {
            try
            {
                string? below = null;
                ContentDigest.TryGetHex(reader.ReadManifest(digest).Config.Digest, out string id);
                foreach (string diffId in reader.ReadSpec(id).RootFileSystem.DiffIds)
                {
                    if (!ContentDigest.TryGetHex(diffId, out string hex)) break;
                    string chain = LayerStore.ChainId(below, hex);
                    told[chain] = (below, hex);
                    below = chain;
                }
            }
            catch (EngineException)
            {
                whole = false;
            }
        }

        return (told, whole);
    }
}
