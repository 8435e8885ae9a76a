namespace LayerPS;

/// <summary>How files are copied into and out of containers.</summary>
public sealed record ContainerCopyOptions
{
    /// <summary>Keep the numbers of owners and groups; without this all that is copied belongs to root.</summary>
    public bool Archive { get; init; }

    /// <summary>Where the source is a symbolic link, copy what it leads to; without this the link itself.</summary>
    public bool FollowLink { get; init; }
}
