using System.Text;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Storage;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS;

/// <summary>
/// The files of a layer, an image or a container, to be read. Links are followed as if its root were the root of
/// everything; none leads out of it.
/// </summary>
public sealed class FileView : IDisposable
{
    private readonly Func<string, (SafeFileHandle? Root, string Path, IDisposable? Held)> _locate;
    private readonly IDisposable? _mount;

    private FileView(Func<string, (SafeFileHandle?, string, IDisposable?)> locate, IDisposable? mount) =>
        (_locate, _mount) = (locate, mount);

    /// <summary>What a container of the image sees first.</summary>
    internal static FileView OfImage(Image image) =>
        image.Layers.Count == 0 ? new(static path => (null, path, null), null) : OfUnion(image.LowerPaths);

    /// <summary>One layer alone, with its whiteouts.</summary>
    internal static FileView OfLayer(ImageLayer layer) => OfUnion([layer.Path]);

    /// <summary>What the container sees, in any of its states; or would see, once it runs.</summary>
    internal static FileView OfContainer(StoreLayout layout, Container container) => new(
        path =>
        {
            FilePlace place = FilePlace.Open(layout, new FileLocation(container, path), writable: false, CancellationToken.None);
            return (place.Root, place.Path, place);
        },
        null);

    /// <summary>A file, or the link itself; null where there is none.</summary>
    /// <param name="path">From the root; a slash at its beginning may be left out.</param>
    public FileItem? Find(string path)
    {
        (SafeFileHandle? file, IDisposable? held) = TryOpen(path, LibC.O_PATH | LibC.O_NOFOLLOW);
        using (held)
        using (file)
            return file is null ? null : ItemOf(file, Clean(path));
    }

    /// <summary>Whether it is a directory, or a link that leads to one.</summary>
    /// <param name="path">As for <see cref="Find"/>.</param>
    public bool IsDirectory(string path)
    {
        (SafeFileHandle? file, IDisposable? held) = TryOpen(path, LibC.O_PATH | LibC.O_DIRECTORY);
        using (held)
        using (file)
            return file is not null;
    }

    /// <summary>What is in a directory, sorted by name; nothing where it is none.</summary>
    /// <param name="path">As for <see cref="Find"/>.</param>
    public IReadOnlyList<FileItem> List(string path)
    {
        (SafeFileHandle? directory, IDisposable? held) = TryOpen(path, LibC.O_RDONLY | LibC.O_DIRECTORY);
        using (held)
        using (directory)
        {
            List<FileItem> items = [];
            if (directory is null) return items;
            string above = Clean(path).TrimEnd('/');
            foreach (byte[] name in DirectoryListing.Read(directory))
            {
                if (FileStatus.TryOf(directory, name, out FileStatus status) != 0) continue;
                byte[] target = status.IsSymbolicLink ? FileTree.ReadLink(directory, name) : [];
                items.Add(new FileItem($"{above}/{Encoding.UTF8.GetString(name)}", status, target));
            }

            items.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
            return items;
        }
    }

    /// <summary>Opens a file, or the one that a link leads to.</summary>
    /// <param name="path">As for <see cref="Find"/>.</param>
    /// <returns>Its bytes; null where it is no regular file.</returns>
    public Stream? TryOpenRead(string path)
    {
        // Without O_NONBLOCK a fifo would wait for somebody who writes into it.
        (SafeFileHandle? file, IDisposable? held) = TryOpen(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOCTTY);
        using (held)
        {
            if (file is null) return null;
            if (FileStatus.Of(file).IsRegularFile) return new FileStream(file, FileAccess.Read, bufferSize: 1);
            file.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _mount?.Dispose();

    private static FileView OfUnion(IReadOnlyList<string> lowers)
    {
        UnionMount union = UnionMount.Create(lowers, null, null, UnionMountOptions.Default);
        return new FileView(path => (union.Handle, path, null), union);
    }

    private (SafeFileHandle? File, IDisposable? Held) TryOpen(string path, int flags)
    {
        (SafeFileHandle? root, string below, IDisposable? held) = _locate(Clean(path));
        if (root is null) return (null, held);
        int error = FileTree.TryOpenBelow(
            root, Encoding.UTF8.GetBytes(below.Trim('/')), flags, FileTree.ResolveInRoot, out SafeFileHandle? file);
        // ENXIO: a socket, or a device that is not there.
        if (error == 0 || error == LibC.ENOENT || error == LibC.ENOTDIR || error == LibC.ELOOP || error == LibC.ENXIO)
            return (file, held);
        held?.Dispose();
        throw new LinuxException("openat2", path, error);
    }

    private static FileItem ItemOf(SafeFileHandle file, string path)
    {
        FileStatus status = FileStatus.Of(file);
        return new FileItem(path, status, status.IsSymbolicLink ? FileTree.ReadLink(file, ""u8) : []);
    }

    private static string Clean(string path) => "/" + path.Trim('/');
}
