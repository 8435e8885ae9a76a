using System.Globalization;

namespace LayerPS.Drives;

/// <summary>
/// What the drive of images has: the parts of their names as levels, the last of them the tag; below an image its files and
/// its layers, the lowest one 0.
/// </summary>
internal static class ImageTree
{
    internal static DriveNode Root(ContainerEngine engine) => new FolderNode(
        "Image", static () => new DriveFolder("Image"),
        () => Level(engine, [.. engine.Images.ListNames().Select(PartsOf), .. Nameless(engine)]));

    private static IEnumerable<DriveNode> Level(ContainerEngine engine, IReadOnlyList<(string[] Parts, string Reference)> entries) =>
        entries.GroupBy(static entry => entry.Parts[0]).OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => Node(engine, group.Key, [.. group]));

    // A part of a name can be the tag of a shorter one as well.
    private static FolderNode Node(ContainerEngine engine, string name, IReadOnlyList<(string[] Parts, string Reference)> entries)
    {
        string? reference = entries.FirstOrDefault(static entry => entry.Parts.Length == 1).Reference;
        Lazy<Image?> image = new(() => reference is null ? null : engine.Images.Resolve(reference));
        return new FolderNode(name, () => (object?)image.Value ?? new DriveFolder(name), () =>
        {
            IEnumerable<DriveNode> below = Level(
                engine, [.. entries.Where(static entry => entry.Parts.Length > 1).Select(static entry => (entry.Parts[1..], entry.Reference))]);
            return image.Value is { } found ? [.. Contents(found), .. below] : below;
        });
    }

    private static IEnumerable<DriveNode> Contents(Image image) =>
    [
        new FileRootNode("files", static () => new DriveFolder("files"), () => ImageCollection.OpenFiles(image)),
        new FolderNode("layers", static () => new DriveFolder("layers"), () => image.Layers.Select(static (layer, index) =>
            new FileRootNode(index.ToString(CultureInfo.InvariantCulture), () => layer, () => LayerCollection.OpenFiles(layer)))),
    ];

    private static (string[] Parts, string Reference) PartsOf(string reference)
    {
        int colon = reference.LastIndexOf(':');
        return ([.. reference[..colon].Split('/'), reference[(colon + 1)..]], reference);
    }

    private static IEnumerable<(string[] Parts, string Reference)> Nameless(ContainerEngine engine) =>
        engine.Images.ListDangling().Select(static image => (new[] { image.ShortId }, image.Id));
}
