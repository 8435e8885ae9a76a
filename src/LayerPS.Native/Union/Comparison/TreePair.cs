using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Union;

/// <summary>Two directory trees side by side.</summary>
/// <param name="before">The one; null for none.</param>
/// <param name="after">The other; null for none.</param>
/// <param name="layers">
/// If both are unions that share their lower layers: the directories of the layers that they do not share. Then only what
/// these have is looked at. Null to look at everything.
/// </param>
/// <param name="hideWhiteouts">Whether a whiteout is nothing, as in a union, rather than the device it is.</param>
internal sealed class TreePair(
    SafeFileHandle? before, SafeFileHandle? after, IReadOnlyList<SafeFileHandle>? layers, bool hideWhiteouts)
{
    // One path at a time, from the roots: trees may be deeper than there are descriptors. A side in which the path's
    // parent is no directory has nothing there, and nothing is looked up in it: its link would be followed.
    private sealed record Place(byte[] Path, bool InBefore, bool InAfter, IReadOnlyList<SafeFileHandle>? Layers);

    /// <summary>Every path that either tree has, a directory before what is in it, in the order of the names' bytes.</summary>
    internal IEnumerable<FilePair> Walk(CancellationToken cancellationToken)
    {
        Stack<Place> places = new([new Place([], before is not null, after is not null, layers)]);
        while (places.TryPop(out Place? place))
        {
            cancellationToken.ThrowIfCancellationRequested();
            FilePair pair = new(
                place.Path,
                place.InBefore ? StatusOf(before!, place.Path) : null,
                place.InAfter ? StatusOf(after!, place.Path) : null);
            if (pair is { Before: null, After: null }) continue;
            yield return pair;
            foreach (Place below in Below(place, pair)) places.Push(below);
        }
    }

    // The last one first, for a stack.
    private IEnumerable<Place> Below(Place place, FilePair pair)
    {
        bool inBefore = pair.Before is { IsDirectory: true }, inAfter = pair.After is { IsDirectory: true };
        if (!inBefore && !inAfter) return [];
        IReadOnlyList<SafeFileHandle>? touching = inBefore && inAfter ? Touching(place) : null;
        IEnumerable<byte[]> names = touching is not null
            ? touching.SelectMany(layer => NamesIn(layer, place.Path))
            : (inBefore ? NamesIn(before!, place.Path) : []).Concat(inAfter ? NamesIn(after!, place.Path) : []);
        return names.Select(static name => new PathKey(name)).Distinct()
            .OrderByDescending(static name => name.Path, Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)))
            .Select(name => new Place(EntryName.Join(place.Path, name.Path), inBefore, inAfter, touching));
    }

    // The layers that have the directory. Null when all names in it must be looked at, because one of them has something
    // else there, or hides what lies below.
    private static List<SafeFileHandle>? Touching(Place place)
    {
        if (place.Layers is null) return null;
        List<SafeFileHandle> touching = [];
        foreach (SafeFileHandle layer in place.Layers)
        {
            if (StatusIn(layer, place.Path) is not { } status) continue;
            if (!status.IsDirectory || FileAttributeReader.IsOpaque(layer, NameOf(place.Path))) return null;
            touching.Add(layer);
        }

        return touching;
    }

    private FileStatus? StatusOf(SafeFileHandle root, byte[] path) =>
        StatusIn(root, path) is { } status && !(hideWhiteouts && status.IsWhiteout) ? status : null;

    private static FileStatus? StatusIn(SafeFileHandle root, byte[] path)
    {
        int error = FileStatus.TryOf(root, NameOf(path), out FileStatus status);
        if (error == LibC.ENOENT) return null;
        return error == 0 ? status : throw new LinuxException("fstatat", ByteText.Display(path), error);
    }

    private static List<byte[]> NamesIn(SafeFileHandle root, byte[] path)
    {
        int error = FileTree.TryOpenBelow(
            root, path, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? directory);
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(path), error);
        using (directory) return DirectoryListing.Read(directory!);
    }

    private static ReadOnlySpan<byte> NameOf(byte[] path) => path.Length == 0 ? "."u8 : path;
}
