using System.Globalization;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>-Squash: one layer in place of all that a build has put above the image that it began with.</summary>
internal sealed class SquashedLayer(ImageBuild build, StageState state) : IBuildLayer
{
    private readonly List<string> _before = [.. state.Base?.LowerPaths ?? []];
    private readonly List<string> _after = [.. state.Image?.LowerPaths ?? []];
    private readonly Dictionary<ulong, byte[]> _linked = [];

    /// <summary>How many layers become one.</summary>
    internal int Count => _after.Count - _before.Count;

    public IEnumerable<string> KeyParts =>
        ["-Squash", state.Base?.Digest ?? "", build.Timestamp?.ToString("O", CultureInfo.InvariantCulture) ?? ""];

    /// <summary>What it stands on: the image, with the steps of the build as steps without files.</summary>
    internal ImageBase Below
    {
        get
        {
            ImageBase under = state.Base is null ? ImageBase.Nothing(build.Platform) : ImageBase.Of(state.Base);
            IEnumerable<ImageHistory> steps = state.Below.History.Skip(under.History.Count);
            return under with
            {
                Spec = state.Below.Spec with
                {
                    RootFileSystem = under.Spec.RootFileSystem,
                    History = [.. under.History, .. steps.Select(static step => step with { EmptyLayer = true })],
                },
            };
        }
    }

    internal ImageHistory History(DateTimeOffset time) =>
        new() { Created = time, CreatedBy = $"the {Count} layers of the build as one" };

    public StagedLayer Make()
    {
        using UnionWorkspace workspace = new(build.Layout, state.Base);
        using UnionMount after = UnionMount.Create(_after, null, null, UnionMountOptions.Default);
        using UnionMount? before =
            _before.Count == 0 ? null : UnionMount.Create(_before, null, null, UnionMountOptions.Default);
        List<SafeFileHandle> layers = [.. _after.SkipLast(_before.Count).Select(FileTree.OpenDirectory)];
        try
        {
            Apply(before?.Handle, after.Handle, layers, new TreeWriter(workspace.Root, default));
            return workspace.Stage(build);
        }
        finally
        {
            foreach (SafeFileHandle layer in layers) layer.Dispose();
        }
    }

    private void Apply(SafeFileHandle? before, SafeFileHandle after, List<SafeFileHandle> layers, TreeWriter writer)
    {
        FileComparison? files = before is null ? null : new FileComparison(before, after, build.Stop);
        // Times of directories, which writing into them changes.
        Dictionary<string, (byte[] Path, FileStatus Status)> directories = [];
        foreach (FilePair pair in new TreePair(before, after, layers, hideWhiteouts: true).Walk(build.Stop))
        {
            if (pair is { Before: { } old, After: { } young }
                && files!.Compare(pair.Path, old, young) == FileAspects.None) continue;
            Remember(ParentOf(pair.Path));
            if (pair.After is not { } status)
            {
                writer.Remove(pair.Path);
                continue;
            }

            if (pair.Before is { } was && was.Type != status.Type) writer.Remove(pair.Path);
            Write(after, pair.Path, status, writer);
            if (status.IsDirectory) Remember(pair.Path);
        }

        foreach ((byte[] path, FileStatus status) in directories.Values) writer.EndDirectory(path, status);

        void Remember(byte[] path)
        {
            string key = Convert.ToHexString(path);
            if (directories.ContainsKey(key)) return;
            int error = FileStatus.TryOf(after, path.Length == 0 ? "."u8 : path, out FileStatus status);
            if (error == 0 && status.IsDirectory)
                directories.Add(key, (path, status));
        }
    }

    private void Write(SafeFileHandle after, byte[] path, in FileStatus status, TreeWriter writer)
    {
        if (!status.IsDirectory && !status.IsRegularFile)
        {
            writer.AddSpecial(path, status, status.IsSymbolicLink ? FileTree.ReadLink(after, path) : []);
            return;
        }

        if (status is { IsRegularFile: true, Links: > 1 } && !_linked.TryAdd(status.Inode, path))
        {
            writer.AddLink(path, _linked[status.Inode]);
            return;
        }

        int flags = Tmds.Linux.LibC.O_RDONLY | (status.IsDirectory ? Tmds.Linux.LibC.O_DIRECTORY : 0);
        int error = FileTree.TryOpenBelow(after, path, flags, FileTree.ResolveNoLinks, out SafeFileHandle? file);
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(path), error);
        using (file)
        {
            if (status.IsDirectory) writer.BeginDirectory(path, status, file!);
            else writer.AddFile(path, status, file!);
        }
    }

    private static byte[] ParentOf(byte[] path)
    {
        int slash = path.AsSpan().LastIndexOf((byte)'/');
        return slash < 0 ? [] : path[..slash];
    }
}
