using System.Security.Cryptography;
using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>
/// Reads the images of an archive that docker wrote before 1.10: a folder for each layer, which names the one below
/// (docker image spec v1, "Combined Image JSON + Filesystem Changeset Format"), and <c>repositories</c>, which says what
/// the topmost are called. Their ids of today come of the content, as 'docker load' does it.
/// </summary>
internal sealed class LegacyArchiveReader(ImageFiles files, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, LegacyLayer> _layers = [];
    private readonly Dictionary<string, string> _diffIds = [];

    /// <summary>Whether there is no other sign of what the archive is than this form's.</summary>
    internal static bool Recognizes(ImageFiles files) =>
        files.StartsWith(DockerManifestWriter.RepositoriesName, '{')
        || files.Folders().Any(folder => LegacyLayer.IsIn(files, folder));

    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused, ArchiveUnsupported.</exception>
    internal IReadOnlyList<ArchivedImage> Read()
    {
        ILookup<string, string> names = Names();
        string[] folders = [.. files.Folders().Where(folder => LegacyLayer.IsIn(files, folder)).Order(StringComparer.Ordinal)];
        HashSet<string?> below = [.. folders.Select(folder => Layer(folder).Metadata.Parent)];
        string[] tops = [.. names.Select(static named => named.Key), .. folders.Where(folder => !below.Contains(folder))];
        return tops.Length > 0
            ? [.. tops.Distinct().Select(top => Read(top, [.. names[top]]))]
            : throw ArchiveErrors.Invalid("its layers stand on each other in a circle");
    }

    private ArchivedImage Read(string top, IReadOnlyList<string> names)
    {
        LegacyLayer[] layers = [.. Stack(top)];
        string[] diffIds = [.. layers.Select(DiffIdOf)];
        byte[] configuration = LegacyConfiguration.Of(layers, diffIds);
        string name = layers[^1].JsonName;
        return new ArchivedImage(
            ContentDigest.HexOf(configuration), configuration, ImageSpecReader.Read(name, configuration), null, names,
            [.. layers.Select((layer, i) => new ArchivedLayer(layer.TarName, diffIds[i], null, null))]);
    }

    /// <summary>The layers of an image, the base first.</summary>
    private List<LegacyLayer> Stack(string top)
    {
        List<LegacyLayer> stack = [];
        for (string? id = top; !string.IsNullOrEmpty(id);)
        {
            // A circle of parents ends here as well.
            if (stack.Count == ImageSpecReader.MaximumLayers)
                throw new EngineException(
                    EngineErrors.ArchiveRefused,
                    $"The archive was refused: the image '{top}' has more than {ImageSpecReader.MaximumLayers} layers, " +
                    "or they stand on each other in a circle.", top);
            LegacyLayer layer = Layer(id);
            stack.Add(layer);
            id = layer.Metadata.Parent;
        }

        stack.Reverse();
        return stack;
    }

    /// <summary>What each layer at the top is called, name:tag.</summary>
    private ILookup<string, string> Names()
    {
        const string Table = DockerManifestWriter.RepositoriesName;
        if (!files.Contains(Table)) return Array.Empty<string>().ToLookup(static name => name);
        List<(string Id, string Name)> names = [];
        foreach ((string name, SortedDictionary<string, string>? tags) in
            files.ReadJson(Table, ImageJson.Default.SortedDictionaryStringSortedDictionaryStringString))
        {
            foreach ((string tag, string? id) in tags ?? throw ArchiveErrors.Invalid($"'{Table}' has no tags for '{name}'"))
            {
                if (ImageReference.TryParse($"{name}:{tag}", out string fault) is not { Digest: null } reference)
                    throw ArchiveErrors.Invalid($"it calls an image '{name}:{tag}', which is no name: {fault}");
                names.Add((Layer(id).Id, reference.ToString()));
            }
        }

        return names.ToLookup(static row => row.Id, static row => row.Name);
    }

    private LegacyLayer Layer(string? id)
    {
        if (id is null || !_layers.TryGetValue(id, out LegacyLayer? layer))
        {
            layer = LegacyLayer.Read(files, id);
            _layers.Add(layer.Id, layer);
        }

        return layer;
    }

    private string DiffIdOf(LegacyLayer layer)
    {
        if (_diffIds.TryGetValue(layer.Id, out string? known)) return known;
        using Stream tar = files.Open(layer.TarName, out _);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[256 * 1024];
        for (int read; (read = tar.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return _diffIds[layer.Id] = Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
