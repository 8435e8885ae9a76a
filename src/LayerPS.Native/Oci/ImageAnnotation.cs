namespace LayerPS.Oci;

/// <summary>The annotations that say what an image is called.</summary>
internal static class ImageAnnotation
{
    /// <summary>A name, or only a tag (image-spec, annotations.md).</summary>
    internal const string ReferenceName = "org.opencontainers.image.ref.name";

    /// <summary>The whole name with its registry, as containerd and docker 25 and later write it.</summary>
    internal const string ContainerdName = "io.containerd.image.name";

    /// <summary>Marks what belongs to an image and is none: signatures, attestations.</summary>
    internal const string ReferenceType = "vnd.docker.reference.type";
}
