using System.Text;
using LayerPS.Archives;
using LayerPS.Images;
using LayerPS.Linux;
using LayerPS.Storage;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Volumes;

/// <summary>Gives an empty volume, when it is first mounted, what the image has at that place.</summary>
internal sealed class VolumeFilling(StoreLayout layout, Image image)
{
    /// <remarks>The caller holds <see cref="ContentLock.Share"/>. A kill leaves the volume empty or full.</remarks>
    internal void Fill(ContainerMount mount, CancellationToken cancellationToken)
    {
        string files = layout.VolumeFiles(mount.Source!);
        if (Directory.EnumerateFileSystemEntries(files).Any()) return;
        if (new VolumeStore(layout).UsersOf(mount.Source!).Any()) return;
        IReadOnlyList<string> layers = [.. image.Layers.Reverse().Select(static layer => layer.Path)];
        using var union = UnionMount.Create(layers, null, null, new UnionMountOptions());
        byte[] path = Encoding.UTF8.GetBytes(mount.Destination);
        int error = FileTree.TryOpenBelow(
            union.Handle, path, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot, out SafeFileHandle? source);
        if (error != 0) return;
        using (source) Copy(source!, files, cancellationToken);
    }

    private void Copy(SafeFileHandle source, string files, CancellationToken cancellationToken)
    {
        using StagedDirectory staged = StagingArea.Create(layout);
        string copy = StoreLayout.VolumeFilesIn(staged.Path);
        Directory.CreateDirectory(copy);
        using Stream split = TarPipe.Run<Stream>(
            (output, stop) => DirectoryTar.Write(
                $"/proc/self/fd/{source.Number()}", output, new DirectoryTarOptions(), stop),
            input =>
            {
                LayerUnpacker.Unpack(
                    input, copy, Stream.Null, UnpackOptions.RootFileSystem, null, cancellationToken);
                return Stream.Null;
            },
            cancellationToken);
        FileSystems.SyncAll(copy);
        Directories.TryReplaceEmpty(copy, files);
    }
}
