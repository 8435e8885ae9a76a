namespace LayerPS;

/// <summary>What is mounted into a container.</summary>
public enum ContainerMountType
{
    /// <summary>A volume of the store.</summary>
    Volume,

    /// <summary>A file or directory of the host.</summary>
    Bind,

    /// <summary>A file system in memory, which is gone when the container ends (tmpfs(5)).</summary>
    TmpFs,
}
