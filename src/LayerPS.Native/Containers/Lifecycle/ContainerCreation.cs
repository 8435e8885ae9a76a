using System.Security.Cryptography;
using System.Text.Json;
using LayerPS.Images;
using LayerPS.Linux;
using LayerPS.Storage;
using LayerPS.Volumes;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Containers;

/// <summary>Makes a container: a writable layer above an image's, and the record. Nothing is started.</summary>
/// <remarks>
/// Nothing is synced, so that it takes no longer than the renames: a loss of power may take the youngest containers.
/// </remarks>
internal sealed class ContainerCreation(StoreLayout layout)
{
    // Root's alone: the programs in the upper, setuid ones among them, are closed to the host's users.
    private const uint OwnerOnly = 448; // rwx------

    /// <exception cref="EngineException">
    /// ContainerNameInvalid, ContainerNameInUse, ContainerCommandMissing, ContainerOptionInvalid, ImageLayersExceeded;
    /// ContainerNotFound, ContainerNameAmbiguous: one whose namespaces it is to have; ImageNotFound: it was removed
    /// meanwhile.
    /// </exception>
    internal Container Create(Image image, ContainerOptions options, CancellationToken cancellationToken)
    {
        if (options.Name is not null) ContainerNames.Check(options.Name);
        LayerLimit.CheckContainer(image);
        options = SharedOptions.Resolve(layout, options);
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        ContainerNames names = new(layout);
        ContainerRecord record = new()
        {
            Id = id,
            Name = options.Name ?? names.MakeUp(),
            Image = image.Name is null ? image.Id : image.ToString(),
            ImageId = image.Id,
            LayerId = image.Layers[^1].Id,
            Created = DateTimeOffset.UtcNow,
            Config = ContainerConfigMerge.Merge(image.Config, options, Container.ShortIdOf(id)),
        };

        try
        {
            Make(image, record, options.IsBuildStep, names, cancellationToken);
        }
        catch
        {
            new VolumeStore(layout).RemoveAnonymous(record.Config.Mounts);
            throw;
        }

        Container made = new(layout, record, new ContainerRun());
        EventLog.Append(layout, made, ContainerEventKind.Create);
        return made;
    }

    private void Make(
        Image image, ContainerRecord record, bool hidesMountPoints, ContainerNames names, CancellationToken cancellationToken)
    {
        // No layer and no volume goes until the record keeps it.
        using FileLock kept = ContentLock.Share(layout, cancellationToken);
        RequireLayer(image);
        MakeVolumes(image, record.Config.Mounts, cancellationToken);
        using StagedDirectory staged = StagingArea.Create(layout);
        Fill(staged.Path, image, record);
        if (hidesMountPoints) HiddenMountPoints.Make(staged.Path, record.Config.Mounts);
        using (names.Lock(cancellationToken))
        {
            names.Link(record.Name, record.Id);
            staged.Publish(layout.Container(record.Id), durable: false);
        }
    }

    private void MakeVolumes(Image image, IReadOnlyList<ContainerMount> mounts, CancellationToken cancellationToken)
    {
        foreach (ContainerMount mount in mounts.Where(static mount => mount.Type == ContainerMountType.Volume))
        {
            new VolumeStore(layout).Ensure(mount.Source!, mount.IsAnonymous);
            new VolumeFilling(layout, image).Fill(mount, cancellationToken);
        }
    }

    private static void RequireLayer(Image image)
    {
        if (Directory.Exists(image.Layers[^1].Path)) return;
        throw new EngineException(EngineErrors.ImageNotFound, $"The image '{image}' was removed.", image.ToString());
    }

    private static void Fill(string directory, Image image, ContainerRecord record)
    {
        SetMode(directory, OwnerOnly);
        foreach (string name in (ReadOnlySpan<string>)[ContainerFiles.Upper, ContainerFiles.Work, ContainerFiles.Root])
            Directories.Make(Path.Combine(directory, name), OwnerOnly);
        CopyRootAttributes(image.Layers[^1].Path, Path.Combine(directory, ContainerFiles.Upper));
        NetworkFiles.Write(directory, record.Config);
        File.WriteAllBytes(
            StoreLayout.ContainerRecordIn(directory),
            JsonSerializer.SerializeToUtf8Bytes(record, ContainerJson.Readable.ContainerRecord));
    }

    // The union's root shows the owner and mode of its topmost directory, which must be those of the image's.
    private static void CopyRootAttributes(string from, string to)
    {
        using SafeFileHandle source = FileTree.OpenDirectory(from);
        using SafeFileHandle target = FileTree.OpenDirectory(to);
        FileStatus status = FileStatus.Of(source);
        FileOwnership.SetOwner(target, status.Uid, status.Gid);
        FileOwnership.SetMode(target, status.Permissions);
    }

    private static void SetMode(string path, uint mode)
    {
        using SafeFileHandle directory = FileTree.OpenDirectory(path);
        FileOwnership.SetMode(directory, mode);
    }
}
