using System.Text;
using LayerPS.Images;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Where a copy is written, by docker's rules: into a directory that is there, else under the name that was given.</summary>
internal sealed class FileTarget : IDisposable
{
    private const int MaximumLinks = 40; // as the kernel has it, see path_resolution(7)

    private readonly FilePlace _place;

    private FileTarget(FilePlace place, SafeFileHandle root, string path, bool contentOnly)
    {
        _place = place;
        Root = root;
        Path = path;
        IsContentOnly = contentOnly;
    }

    /// <summary>Nothing is written outside of it.</summary>
    internal SafeFileHandle Root { get; }

    /// <summary>Below that root.</summary>
    internal string Path { get; }

    /// <summary>The directory is there: of the source only what is in it goes into it.</summary>
    internal bool IsContentOnly { get; }

    /// <exception cref="EngineException">ContainerItemNotFound, ContainerItemRefused.</exception>
    internal static FileTarget Find(FilePlace place, FileSource source)
    {
        string path = FollowLinks(place);
        bool isThere = TryLook(place, path, out FileStatus there);
        bool isDirectory = isThere && there.IsDirectory;
        bool wantsDirectory = place.Location.Path.EndsWith('/') || place.Location.Path.EndsWith("/.", StringComparison.Ordinal);
        if (isThere && !isDirectory && (source.Status.IsDirectory || wantsDirectory))
            throw Refused(place, $"'{place.Location}' is no directory.");
        if (!isThere && wantsDirectory && !source.Status.IsDirectory) throw NotFound(place, "the directory");
        if (!isDirectory)
        {
            string parent = ParentOf(path);
            if (!TryLook(place, parent, out FileStatus above) || !above.IsDirectory) throw NotFound(place, "the directory above");
            return Confine(place, parent, path[parent.Length..].TrimStart('/'), contentOnly: false);
        }

        return source.IsContentOnly
            ? Confine(place, path, "", contentOnly: true)
            : Confine(place, path, source.Name, contentOnly: false);
    }

    /// <summary>What the copy is called in the end, for people.</summary>
    internal string Describe()
    {
        string path = _place.Location.Container is null ? Encoding.UTF8.GetString(FileTree.PathOf(Root)) + '/' + Path : Path;
        return (_place.Location with { Path = '/' + path.Trim('/') }).ToString();
    }

    public void Dispose()
    {
        if (Root != _place.Root) Root.Dispose();
    }

    // Links below a directory of the host that a container can write, too, must not lead out of it. In a container all
    // links mean what they mean inside.
    private static FileTarget Confine(FilePlace place, string directory, string name, bool contentOnly)
    {
        if (place.Location.Container is not null)
            return new FileTarget(place, place.Root, $"{directory}/{name}".Trim('/'), contentOnly);
        int error = FileTree.TryOpenBelow(
            place.Root, Encoding.UTF8.GetBytes(directory), LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot,
            out SafeFileHandle? root);
        return error == 0
            ? new FileTarget(place, root!, name, contentOnly)
            : throw new LinuxException("openat2", '/' + directory, error);
    }

    // A link as the destination means what it leads to, also where that is yet to be made.
    private static string FollowLinks(FilePlace place)
    {
        string path = place.Path;
        for (int links = 0; links < MaximumLinks; links++)
        {
            int error = FileTree.TryOpenBelow(
                place.Root, Encoding.UTF8.GetBytes(ParentOf(path)), LibC.O_PATH | LibC.O_DIRECTORY, FileTree.ResolveInRoot,
                out SafeFileHandle? parent);
            if (error != 0) return path;
            using (parent)
            {
                byte[] name = Encoding.UTF8.GetBytes(path[(path.LastIndexOf('/') + 1)..]);
                if (name.Length == 0 || FileStatus.TryOf(parent!, name, out FileStatus status) != 0 || !status.IsSymbolicLink)
                    return path;
                string to = Encoding.UTF8.GetString(FileTree.ReadLink(parent!, name));
                path = PathPattern.Clean(to.StartsWith('/') ? to : $"{ParentOf(path)}/{to}");
            }
        }

        throw Refused(place, $"'{place.Location}' is a link that leads to itself.");
    }

    private static bool TryLook(FilePlace place, string path, out FileStatus status)
    {
        status = default;
        int error = FileTree.TryOpenBelow(
            place.Root, Encoding.UTF8.GetBytes(path), LibC.O_PATH, FileTree.ResolveInRoot, out SafeFileHandle? handle);
        if (error == LibC.ELOOP) throw Refused(place, $"'{place.Location}' goes through a link that is not followed.");
        if (error != 0) return false;
        using (handle) status = FileStatus.Of(handle!);
        return true;
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is > 0 and int slash ? path[..slash] : "";

    private static EngineException NotFound(FilePlace place, string what) => new(
        EngineErrors.ContainerItemNotFound, $"'{place.Location}' cannot be written: {what} is not there.",
        place.Location.ToString());

    private static EngineException Refused(FilePlace place, string message) =>
        new(EngineErrors.ContainerItemRefused, message, place.Location.ToString());
}
