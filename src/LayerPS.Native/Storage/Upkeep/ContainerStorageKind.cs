namespace LayerPS;

/// <summary>What something in a store is.</summary>
public enum ContainerStorageKind
{
    /// <summary>An image: its manifest, its configuration and its layers.</summary>
    Image,

    /// <summary>A read-only layer.</summary>
    Layer,

    /// <summary>A manifest or a configuration.</summary>
    Blob,

    /// <summary>A container: its writable layer, its log and its metadata.</summary>
    Container,

    /// <summary>The name of a container.</summary>
    ContainerName,

    /// <summary>A file that was being written.</summary>
    TemporaryFile,

    /// <summary>A volume with its files.</summary>
    Volume,

    /// <summary>What builds keep for the next ones: caches of RUN, and which step made which image.</summary>
    BuildCache,

    /// <summary>All that nothing refers to.</summary>
    Unreferenced,

    /// <summary>The table of images and their names.</summary>
    References,
}
