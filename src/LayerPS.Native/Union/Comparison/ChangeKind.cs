namespace LayerPS;

/// <summary>What happened to a file.</summary>
public enum ChangeKind
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It was there before, and differs.</summary>
    Modified,

    /// <summary>It is no longer there.</summary>
    Deleted,
}
