using System.Text;
using LayerPS.Images;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>The names in the directories of a container.</summary>
internal sealed class FileListing(StoreLayout layout)
{
    /// <summary>What is in a directory, sorted; nothing where it is none. A link to a directory is one.</summary>
    internal IReadOnlyList<(string Name, bool IsDirectory)> Read(Container container, string directory)
    {
        using FilePlace place = Open(container, directory);
        return [.. Read(place.Root, place.Path).Select(name => (name, IsDirectory(place.Root, $"{place.Path}/{name}")))];
    }

    /// <summary>The paths that a pattern with wildcards matches, sorted; which may be none.</summary>
    internal IReadOnlyList<string> Match(Container container, string pattern)
    {
        string path = PathPattern.Clean(pattern);
        // What is called so needs no wildcards to be meant.
        if (!PathPattern.HasWildcards(path)) return [pattern];
        string[] parts = path.Split('/');
        IEnumerable<string> found = [""];
        foreach (string part in parts)
        {
            PathPattern name = new(part);
            found = [.. found.SelectMany(directory => Names(container, directory, part)
                .Where(known => known == part || name.Matches(known)).Select(known => $"{directory}/{known}"))];
        }

        return [.. found];
    }

    private List<string> Names(Container container, string directory, string part)
    {
        if (!PathPattern.HasWildcards(part)) return [part];
        using FilePlace place = Open(container, directory);
        return Read(place.Root, place.Path);
    }

    private FilePlace Open(Container container, string path) =>
        FilePlace.Open(layout, new FileLocation(container, path), writable: false, CancellationToken.None);

    private static List<string> Read(SafeFileHandle root, string path)
    {
        int error = FileTree.TryOpenBelow(
            root, Encoding.UTF8.GetBytes(path), LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot,
            out SafeFileHandle? directory);
        if (error != 0) return [];
        using (directory) return DirectoryListing.Read(directory!).ConvertAll(Encoding.UTF8.GetString);
    }

    private static bool IsDirectory(SafeFileHandle root, string path)
    {
        int error = FileTree.TryOpenBelow(
            root, Encoding.UTF8.GetBytes(path.TrimStart('/')), LibC.O_PATH | LibC.O_DIRECTORY, FileTree.ResolveInRoot,
            out SafeFileHandle? directory);
        directory?.Dispose();
        return error == 0;
    }
}
