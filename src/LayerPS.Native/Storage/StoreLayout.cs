using LayerPS.Containers;

namespace LayerPS.Storage;

/// <summary>Where everything is in a store. The one place that knows the names of its folders.</summary>
internal sealed class StoreLayout
{
    internal const string DefaultRoot = "/var/lib/layerps";
    internal const string RootVariable = "LAYERPS_ROOT";

    private const string VolumeFilesName = "data", VolumeMetadataName = "volume.json";

    internal const string LayerFilesName = "diff", LayerMetadataName = "layer.json", LayerTarSplitName = "tar-split";

    internal StoreLayout(string root) => Root = Path.GetFullPath(root);

    /// <summary>The store that a container's directory is in.</summary>
    internal static StoreLayout OfContainer(string directory) =>
        new(Path.GetDirectoryName(Path.GetDirectoryName(directory))!);

    internal string Root { get; }

    /// <summary>The number of the layout.</summary>
    internal string Version => Path.Combine(Root, "version");

    internal string Layers => Path.Combine(Root, "layers");

    internal string Containers => Path.Combine(Root, "containers");

    /// <summary>
    /// The empty directories and files that every container has something mounted on. As the lowest directory of
    /// each union it spares the writable layer the traces of making them.
    /// </summary>
    internal string MountPoints => Path.Combine(Root, "mount-points");

    /// <summary>One link for each container's name, which points to its id.</summary>
    internal string ContainerNames => Path.Combine(Containers, "names");

    internal string ContainerNamesLock => Path.Combine(Containers, "names.lock");

    internal string Volumes => Path.Combine(Root, "volumes");

    internal string Blobs => Path.Combine(Root, "blobs", "sha256");

    internal string References => Path.Combine(Root, "references.json");

    internal string ReferencesLock => Path.Combine(Root, "references.lock");

    internal string ContentLock => Path.Combine(Root, "content.lock");

    /// <summary>One small file for each step of a build, by the step's key: the digest of the image that it made.</summary>
    internal string BuildCache => Path.Combine(Root, "build-cache");

    /// <summary>What RUN --mount=type=cache keeps, see <see cref="CacheMountStore"/>.</summary>
    internal string CacheMounts => Path.Combine(Root, "cache-mounts");

    /// <summary>What happened to the containers, see <see cref="EventLog"/>.</summary>
    internal string Events => Path.Combine(Root, "events");

    internal string EventsLock => Path.Combine(Root, "events.lock");

    /// <summary>The filters of system calls that were made before, see <see cref="LayerPS.Seccomp.SeccompFilterCache"/>.</summary>
    internal string Seccomp => Path.Combine(Root, "seccomp");

    internal string Staging => Path.Combine(Root, "staging");

    /// <summary>The root that the caller asked for, else that of the environment, else the default.</summary>
    internal static string RootOrDefault(string? root) =>
        root ?? (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } variable ? variable : DefaultRoot);

    internal string Layer(string chainId) => Path.Combine(Layers, chainId);

    internal string LayerFiles(string chainId) => Path.Combine(Layers, chainId, LayerFilesName);

    internal string LayerMetadata(string chainId) => Path.Combine(Layers, chainId, LayerMetadataName);

    internal string LayerTarSplit(string chainId) => Path.Combine(Layers, chainId, LayerTarSplitName);

    internal string Blob(string digestHex) => Path.Combine(Blobs, digestHex);

    /// <summary>The record in a container's directory.</summary>
    internal static string ContainerRecordIn(string directory) => Path.Combine(directory, ContainerFiles.Record);

    internal string Container(string id) => Path.Combine(Containers, id);

    internal string Volume(string name) => Path.Combine(Volumes, name);

    internal string VolumeFiles(string name) => VolumeFilesIn(Volume(name));

    internal string VolumeMetadata(string name) => VolumeMetadataIn(Volume(name));

    /// <summary>The files in a volume's directory.</summary>
    internal static string VolumeFilesIn(string directory) => Path.Combine(directory, VolumeFilesName);

    /// <summary>The record in a volume's directory.</summary>
    internal static string VolumeMetadataIn(string directory) => Path.Combine(directory, VolumeMetadataName);

    internal string ContainerName(string name) => Path.Combine(ContainerNames, name);
}
