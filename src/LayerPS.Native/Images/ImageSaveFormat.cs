namespace LayerPS;

/// <summary>The form of an archive of images.</summary>
public enum ImageSaveFormat
{
    /// <summary>An OCI layout that docker's older tools read as well: it has their manifest.json and repositories, too.</summary>
    Combined,

    /// <summary>The pure OCI layout (image-spec, image-layout.md).</summary>
    Oci,

    /// <summary>As 'docker save' wrote it before version 25: a folder for each layer, with its metadata.</summary>
    Docker,
}
