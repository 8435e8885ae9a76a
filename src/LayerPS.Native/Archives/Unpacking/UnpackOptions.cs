namespace LayerPS.Archives;

/// <summary>What an archive may do, and how big it may be. Sizes are in bytes.</summary>
internal sealed record UnpackOptions
{
    /// <summary>For the tar of an image's layer, where <c>.wh.</c> names delete what lies below.</summary>
    internal static UnpackOptions Layer { get; } = new() { Whiteouts = true };

    /// <summary>
    /// For the tar of a whole root file system: it lies on nothing, and all its names are plain names.
    /// </summary>
    internal static UnpackOptions RootFileSystem { get; } = new();

    /// <summary>Translate OCI whiteouts into overlayfs's form (image-spec, layer.md, "Whiteouts").</summary>
    internal bool Whiteouts { get; init; }

    /// <summary>Make character and block devices; without this they are refused.</summary>
    internal bool Devices { get; init; } = true;

    /// <summary>Accept bytes other than zeros behind the archive's end; without this they are an error.</summary>
    internal bool TrailingData { get; init; }

    /// <summary>The largest tar stream, uncompressed.</summary>
    internal long MaximumTarSize { get; init; } = 256L << 30;

    internal long MaximumEntries { get; init; } = 10_000_000;

    /// <summary>
    /// How many times larger than its compressed form the tar may be, once it is larger than
    /// <see cref="RatioExemptSize"/>. Root file systems compress 2 to 5 times.
    /// </summary>
    internal long MaximumRatio { get; init; } = 200;

    /// <summary>Small archives may compress as they like: their first empty pages compress a thousandfold.</summary>
    internal long RatioExemptSize { get; init; } = 1L << 30;

    /// <summary>
    /// Tells how many compressed bytes were read so far, from any thread; null where nothing is compressed.
    /// </summary>
    internal Func<long>? CompressedBytes { get; init; }
}
