using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>An image that an archive describes. Its metadata was read and compared, its layers were not yet.</summary>
/// <param name="Id">The configuration's digest, hex digits.</param>
/// <param name="Configuration">The configuration's bytes.</param>
/// <param name="Spec">The configuration.</param>
/// <param name="Manifest">The manifest's bytes, as they were found; null where the archive has none.</param>
/// <param name="Names">name:tag</param>
/// <param name="Layers">The base first.</param>
internal sealed record ArchivedImage(
    string Id, byte[] Configuration, ImageSpec Spec, byte[]? Manifest, IReadOnlyList<string> Names,
    IReadOnlyList<ArchivedLayer> Layers);
