using System.Text;
using LayerPS.Images;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>What a copy reads: one file, link, device or directory of a place.</summary>
internal sealed class FileSource : IDisposable
{
    // What the kernel shows of itself there is no file.
    private static readonly PathPattern[] KernelDirectories = [new("proc"), new("sys"), new("dev")];

    private readonly FilePlace _place;
    private readonly SafeFileHandle? _content;
    private readonly byte[] _link;

    private FileSource(FilePlace place, in FileStatus status, SafeFileHandle? content, byte[] link)
    {
        _place = place;
        Status = status;
        _content = content;
        _link = link;
    }

    internal FileStatus Status { get; }

    /// <summary>The last part of the path; empty for the root.</summary>
    internal string Name => _place.Path[(_place.Path.LastIndexOf('/') + 1)..];

    /// <summary>Of a directory only what is in it is wanted.</summary>
    internal bool IsContentOnly => Status.IsDirectory && (_place.Path.Length == 0 || EndsInDot(_place.Location.Path));

    /// <exception cref="EngineException">ContainerItemNotFound, ContainerItemRefused.</exception>
    internal static FileSource Open(FilePlace place, bool followLink)
    {
        string text = place.Location.Path;
        bool mustBeDirectory = text.EndsWith('/') || EndsInDot(text);
        int noFollow = followLink || mustBeDirectory ? 0 : LibC.O_NOFOLLOW;
        FileStatus status;
        using (SafeFileHandle seen = Open(place, LibC.O_PATH | noFollow)) status = FileStatus.Of(seen);
        if (mustBeDirectory && !status.IsDirectory)
            throw Refused(place, $"'{place.Location}' is no directory.");
        if (status.Type == FileType.Socket)
            throw Refused(place, $"'{place.Location}' is a socket, which cannot be copied.");
        if (status.IsSymbolicLink) return new FileSource(place, status, null, ReadLink(place));
        if (!status.IsRegularFile && !status.IsDirectory) return new FileSource(place, status, null, []);

        // O_NONBLOCK: a fifo that took the file's place must not hang the caller.
        SafeFileHandle content = Open(place, LibC.O_RDONLY | LibC.O_NONBLOCK | noFollow);
        status = FileStatus.Of(content);
        if (status.IsRegularFile || status.IsDirectory) return new FileSource(place, status, content, []);
        content.Dispose();
        throw Refused(place, $"'{place.Location}' became something else while it was read.");
    }

    /// <param name="writer">Where it is written.</param>
    /// <param name="path">What it is called there.</param>
    /// <param name="contentOnly">Of a directory only what is in it.</param>
    /// <param name="stop">Ends it.</param>
    internal void CopyTo(TreeWriter writer, byte[] path, bool contentOnly, CancellationToken stop)
    {
        if (_content is null)
        {
            writer.AddSpecial(path, Status, _link);
            return;
        }

        PathPattern[] excludes = _place is { IsLive: true, Path: "" } ? KernelDirectories : [];
        new CopyWalk(null, excludes, writer, stop).Run(new CopySource(_place.Path, Status, _content), path, contentOnly);
    }

    public void Dispose() => _content?.Dispose();

    private static bool EndsInDot(string path) => path == "." || path.EndsWith("/.", StringComparison.Ordinal);

    private static SafeFileHandle Open(FilePlace place, int flags)
    {
        int error = FileTree.TryOpenBelow(
            place.Root, Encoding.UTF8.GetBytes(place.Path), flags, FileTree.ResolveInRoot, out SafeFileHandle? handle);
        if (error == 0) return handle!;
        if (error == LibC.ENOENT || error == LibC.ENOTDIR)
        {
            throw new EngineException(
                EngineErrors.ContainerItemNotFound, $"There is no '{place.Location.Path}' in {place.Owner}.",
                place.Location.ToString());
        }

        throw error == LibC.ELOOP
            ? Refused(place, $"'{place.Location}' goes through a link that is not followed.")
            : new LinuxException("openat2", place.Location.Path, error);
    }

    private static byte[] ReadLink(FilePlace place)
    {
        int slash = place.Path.LastIndexOf('/');
        string parent = slash < 0 ? "" : place.Path[..slash];
        int error = FileTree.TryOpenBelow(
            place.Root, Encoding.UTF8.GetBytes(parent), LibC.O_PATH | LibC.O_DIRECTORY, FileTree.ResolveInRoot,
            out SafeFileHandle? handle);
        if (error != 0) throw new LinuxException("openat2", place.Location.Path, error);
        using (handle) return FileTree.ReadLink(handle!, Encoding.UTF8.GetBytes(place.Path[(slash + 1)..]));
    }

    private static EngineException Refused(FilePlace place, string message) =>
        new(EngineErrors.ContainerItemRefused, message, place.Location.ToString());
}
