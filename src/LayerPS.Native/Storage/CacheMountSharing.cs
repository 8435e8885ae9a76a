namespace LayerPS.Storage;

/// <summary>What steps that want the same cache at the same time do (Dockerfile reference, "RUN --mount=type=cache").</summary>
internal enum CacheMountSharing
{
    /// <summary>They have it together.</summary>
    Shared,

    /// <summary>Each has one of its own.</summary>
    Private,

    /// <summary>One waits for the other.</summary>
    Locked,
}
