using System.Text.Json;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>An image that is to be saved, with the bytes of its configuration.</summary>
/// <param name="Image">The image.</param>
/// <param name="Id">The configuration's digest, hex digits.</param>
/// <param name="Configuration">The configuration as it came.</param>
/// <param name="Names">name:tag, those that it is saved under.</param>
internal sealed record SavedImage(Image Image, string Id, byte[] Configuration, IReadOnlyList<string> Names)
{
    /// <summary>Each image once, with all the names that it was asked for by; where by none, with all that it has.</summary>
    internal static IReadOnlyList<SavedImage> Of(StoreLayout layout, IEnumerable<Image> images) =>
    [
        .. images.GroupBy(static image => image.Id).Select(group => Of(
            layout, group.First(),
            [.. group.SelectMany(NamesOf).Distinct()])),
    ];

    private static IReadOnlyList<string> NamesOf(Image image) =>
        image.Asked.Count == 0 ? image.References : image.Asked;

    private static SavedImage Of(StoreLayout layout, Image image, IReadOnlyList<string> names)
    {
        // A layer in the middle of an image has no configuration of its own yet.
        byte[] configuration = image.Digest is null
            ? JsonSerializer.SerializeToUtf8Bytes(image.Content.Spec, ImageJson.Default.ImageSpec)
            : new BlobStore(layout).Read(image.Id);
        return new SavedImage(image, ContentDigest.HexOf(configuration), configuration, names);
    }
}
