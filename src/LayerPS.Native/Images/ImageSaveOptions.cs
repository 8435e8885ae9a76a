namespace LayerPS;

/// <summary>How images are saved.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>The form of the archive.</summary>
    public ImageSaveFormat Format { get; init; }

    /// <summary>How the layers are packed.</summary>
    public LayerCompression Compression { get; init; }

    /// <summary>Write the OCI layout as a directory instead of an archive.</summary>
    public bool Directory { get; init; }

    /// <summary>Replace also a file that is read-only, and a directory that is an OCI layout.</summary>
    public bool Force { get; init; }

    /// <summary>Replace nothing.</summary>
    public bool NoClobber { get; init; }
}
