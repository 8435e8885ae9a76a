using System.Text;
using LayerPS.Linux;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Images;

/// <summary>
/// The files that COPY and ADD can take: a context, whose links must not lead out of it, or an image, whose links mean
/// what they mean in its containers.
/// </summary>
internal sealed class SourceTree : IDisposable
{
    private readonly UnionMount? _mount;
    private readonly ulong _resolve;
    private readonly IgnoreRules _rules;

    private SourceTree(SafeFileHandle root, UnionMount? mount, IgnoreRules rules, ulong resolve, string name)
    {
        Root = root;
        _mount = mount;
        _rules = rules;
        _resolve = resolve;
        Name = name;
    }

    internal SafeFileHandle Root { get; }

    /// <summary>For messages.</summary>
    internal string Name { get; }

    /// <summary>Whether it is the context, whose files belong to root in the image.</summary>
    internal bool IsContext => _mount is null;

    internal static SourceTree OfContext(string path, string dockerfile) => new(
        FileTree.OpenDirectory(path), null, IgnoreRules.Read(path, dockerfile),
        (ulong)(LibC.RESOLVE_BENEATH | LibC.RESOLVE_NO_MAGICLINKS), $"the context '{path}'");

    internal static SourceTree OfImage(Image image)
    {
        UnionMount mount = UnionMount.Create(image.LowerPaths, null, null, UnionMountOptions.Default);
        return new SourceTree(mount.Handle, mount, IgnoreRules.None, FileTree.ResolveInRoot, $"the image '{image}'");
    }

    /// <summary>The files and directories that a source means, sorted; without wildcards the one.</summary>
    /// <exception cref="EngineException">BuildSourceNotFound; BuildSourceRefused: a link leads out of the context.</exception>
    internal IReadOnlyList<CopySource> Find(string source)
    {
        string path = PathPattern.Clean(source);
        if (!PathPattern.HasWildcards(path)) return [Open(path) ?? throw NotFound(source)];
        PathPattern[] parts = [.. path.Split('/').Select(static part => new PathPattern(part))];
        List<string> found = [];
        Match("", parts, found);
        return found.Count > 0 ? [.. found.Select(Open).OfType<CopySource>()] : throw NotFound(source);
    }

    /// <summary>The one file or directory of that path, whose characters are all themselves.</summary>
    /// <exception cref="EngineException">As for <see cref="Find"/>.</exception>
    internal CopySource Get(string source) => Open(PathPattern.Clean(source)) ?? throw NotFound(source);

    internal bool Ignores(string path) => _rules.Ignores(path);

    /// <summary>Whether nothing below an ignored directory can be wanted.</summary>
    internal bool IgnoresWhole => !_rules.TakesAnyBack;

    public void Dispose()
    {
        if (_mount is null) Root.Dispose();
        _mount?.Dispose();
    }

    private void Match(string directory, ReadOnlySpan<PathPattern> parts, List<string> found)
    {
        int error = TryOpen(directory, LibC.O_RDONLY | LibC.O_DIRECTORY, out SafeFileHandle? handle);
        if (error != 0) return;
        using (handle)
        {
            foreach (byte[] name in DirectoryListing.Read(handle!))
            {
                string text = Encoding.UTF8.GetString(name);
                if (!parts[0].Matches(text)) continue;
                string path = directory.Length == 0 ? text : $"{directory}/{text}";
                if (parts.Length > 1) Match(path, parts[1..], found);
                else if (!_rules.Ignores(path) || !IgnoresWhole) found.Add(path);
            }
        }
    }

    private CopySource? Open(string path)
    {
        if (path.Length > 0 && _rules.Ignores(path) && IgnoresWhole) return null;
        int error = TryOpen(path, LibC.O_PATH, out SafeFileHandle? handle);
        if (error != 0) return null;
        FileStatus status = FileStatus.Of(handle!);
        if (path.Length > 0 && _rules.Ignores(path) && !status.IsDirectory)
        {
            handle!.Dispose();
            return null;
        }

        if (!status.IsDirectory && !status.IsRegularFile)
        {
            handle!.Dispose();
            throw new EngineException(
                EngineErrors.BuildSourceRefused, $"'{path}' of {Name} is neither a file nor a directory.", path);
        }

        // The one that was looked at is the one that is read: through its own descriptor.
        handle!.Dispose();
        error = TryOpen(path, LibC.O_RDONLY | LibC.O_NONBLOCK, out SafeFileHandle? opened);
        return error == 0 ? new CopySource(path, FileStatus.Of(opened!), opened!) : throw new LinuxException("openat2", path, error);
    }

    private int TryOpen(string path, int flags, out SafeFileHandle? handle)
    {
        int error = FileTree.TryOpenBelow(Root, Encoding.UTF8.GetBytes(path), flags, _resolve, out handle);
        if (error is 0 || (error != LibC.EXDEV && error != LibC.ELOOP)) return error;
        throw new EngineException(
            EngineErrors.BuildSourceRefused, $"'{path}' is, or goes through, a link that leads out of {Name}.", path);
    }

    private EngineException NotFound(string source) => new(
        EngineErrors.BuildSourceNotFound, $"{char.ToUpperInvariant(Name[0])}{Name[1..]} has no '{source}'"
        + (_rules.Ignores(PathPattern.Clean(source)) ? ", as its .dockerignore leaves it out." : "."), source);
}
