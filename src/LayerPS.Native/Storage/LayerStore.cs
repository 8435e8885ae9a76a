using System.Text;
using System.Text.Json;
using LayerPS.Archives;

namespace LayerPS.Storage;

/// <summary>The layers of a store, each kept once.</summary>
internal sealed class LayerStore(StoreLayout layout)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode AnyoneReads = OwnerOnly
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The id of a layer on another one (image-spec, config.md, "Layer ChainID").</summary>
    internal static string ChainId(string? parent, string diffId) => parent is null
        ? diffId
        : ContentDigest.HexOf(Encoding.ASCII.GetBytes(
            $"{ContentDigest.Prefix}{parent} {ContentDigest.Prefix}{diffId}"));

    internal IEnumerable<string> Ids() =>
        Directory.EnumerateDirectories(layout.Layers)
            .Select(static path => Path.GetFileName(path))
            .Where(static name => ContentDigest.IsHex(name));

    /// <exception cref="EngineException">StoreCorrupt: there is no such layer, or its metadata cannot be read.</exception>
    internal LayerRecord Read(string id) =>
        TryRead(id) ?? throw new EngineException(
            EngineErrors.StoreCorrupt, $"The layer '{layout.Layer(id)}' is missing.", id);

    /// <summary>The directories of a layer and of all below it, the topmost first.</summary>
    /// <exception cref="EngineException">StoreCorrupt: one of them is missing.</exception>
    internal IReadOnlyList<string> PathsFrom(string id)
    {
        List<string> paths = [];
        for (string? next = id; next is not null; next = Read(next).Parent) paths.Add(layout.LayerFiles(next));
        return paths;
    }

    /// <summary>Null when there is no such layer.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal LayerRecord? TryRead(string id)
    {
        string path = layout.LayerMetadata(id);
        if (SmallFile.TryRead(path) is not { } json) return null;
        try
        {
            LayerRecord record = JsonSerializer.Deserialize(json, StoreJson.Default.LayerRecord)
                ?? throw new JsonException("It holds nothing.");
            // With the chain id right, the chain is: no layer can be moved, exchanged, or stand on itself.
            return ChainId(record.Parent, record.DiffId) == id && record.Id == id
                ? record
                : throw new JsonException("It belongs to another layer.");
        }
        catch (JsonException e)
        {
            throw new EngineException(
                EngineErrors.StoreCorrupt, $"The layer's metadata '{path}' cannot be read: {e.Message}", path, inner: e);
        }
    }

    /// <summary>Unpacks a layer's tar out of sight.</summary>
    /// <param name="tar">The plain tar.</param>
    /// <param name="parent">The id of the layer below; null for a base.</param>
    /// <param name="options">What the archive may do.</param>
    /// <param name="progress">Told of the bytes of the tar.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused, HostNotSupported.</exception>
    internal StagedLayer Stage(
        Stream tar, string? parent, UnpackOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        StagedDirectory staged = StagingArea.Create(layout);
        try
        {
            string files = Path.Combine(staged.Path, StoreLayout.LayerFilesName);
            Directory.CreateDirectory(files);
            // Not left to the umask: the root of every container must be open to its users, and the programs in a
            // layer, setuid ones among them, closed to the host's.
            File.SetUnixFileMode(files, AnyoneReads);
            File.SetUnixFileMode(staged.Path, OwnerOnly);
            UnpackedLayer unpacked;
            using (FileStream split = File.Create(Path.Combine(staged.Path, StoreLayout.LayerTarSplitName)))
                unpacked = LayerUnpacker.Unpack(tar, files, split, options, progress, cancellationToken);
            return new StagedLayer(layout, staged, parent, unpacked);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }
}
