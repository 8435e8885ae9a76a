namespace LayerPS.Storage;

/// <summary>A layer's metadata: <c>layer.json</c> in its directory.</summary>
internal sealed record LayerRecord
{
    /// <summary>The chain id (image-spec, config.md, "Layer ChainID"): this layer on those below it.</summary>
    public required string Id { get; init; }

    /// <summary>The SHA-256 of the layer's tar.</summary>
    public required string DiffId { get; init; }

    /// <summary>The id of the layer below; null at the base.</summary>
    public string? Parent { get; set; }

    /// <summary>The sum of its files' content, in bytes.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string? CreatedBy { get; set; }
}
