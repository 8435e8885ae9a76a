using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>What an image consists of, whatever its names.</summary>
/// <param name="Digest">The manifest's, with the algorithm; null where there is none, see <see cref="LayerEntry"/>.</param>
/// <param name="Manifest">What that is the digest of.</param>
/// <param name="Id">The configuration's digest, hex digits only.</param>
/// <param name="Spec">The configuration.</param>
/// <param name="Layers">The base first.</param>
internal sealed record ImageContent(
    string? Digest, ImageManifest Manifest, string Id, ImageSpec Spec, IReadOnlyList<ImageLayer> Layers)
{
    internal ImageConfig Config { get; } = Spec.Config.ToConfig();
}
