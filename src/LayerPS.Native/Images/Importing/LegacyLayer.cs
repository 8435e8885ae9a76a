using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>A layer in an archive of docker before 1.10: a folder with the files VERSION, json and layer.tar.</summary>
/// <param name="Id">Its name, hex digits; a random number, or a digest of no use today.</param>
/// <param name="Json">The bytes of the file <c>json</c>.</param>
/// <param name="Metadata">What it says.</param>
internal sealed record LegacyLayer(string Id, byte[] Json, DockerArchiveLayer Metadata)
{
    private const string Version = "1.0";

    internal string TarName => $"{Id}/layer.tar";

    internal string JsonName => JsonNameOf(Id);

    /// <summary>Whether the archive has a folder of that form with metadata in it.</summary>
    internal static bool IsIn(ImageFiles files, string folder) =>
        ContentDigest.IsHex(folder) && files.Contains(JsonNameOf(folder)) && files.Contains($"{folder}/layer.tar");

    /// <param name="files">The archive.</param>
    /// <param name="id">What another file calls the layer; anything.</param>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused, ArchiveUnsupported.</exception>
    internal static LegacyLayer Read(ImageFiles files, string? id)
    {
        if (id is null || !ContentDigest.IsHex(id)) throw ArchiveErrors.Invalid($"'{id}' is no id of a layer");
        CheckVersion(files, $"{id}/VERSION");
        byte[] json = files.Read(JsonNameOf(id));
        DockerArchiveLayer metadata = ImageFiles.ParseJson(JsonNameOf(id), json, ImageJson.Default.DockerArchiveLayer);
        return metadata.Id == id
            ? new LegacyLayer(id, json, metadata)
            : throw ArchiveErrors.Invalid($"'{JsonNameOf(id)}' says that it is the layer '{metadata.Id}'");
    }

    private static string JsonNameOf(string id) => $"{id}/json";

    private static void CheckVersion(ImageFiles files, string name)
    {
        if (!files.Contains(name)) return;
        string version = System.Text.Encoding.UTF8.GetString(files.Read(name)).Trim();
        if (version != Version)
            throw new EngineException(
                EngineErrors.ArchiveUnsupported, $"'{name}' says version '{version}'; there is only '{Version}'.", name);
    }
}
