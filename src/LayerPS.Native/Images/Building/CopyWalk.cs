using System.Text;
using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Images;

/// <summary>Goes through a source, in the order of the names' bytes; links in it are never followed.</summary>
/// <param name="tree">What says which files are left out; null for none.</param>
/// <param name="excludes">The patterns of --exclude.</param>
/// <param name="target">Told of each file.</param>
/// <param name="stop">Ends it.</param>
internal sealed class CopyWalk(
    SourceTree? tree, IReadOnlyList<PathPattern> excludes, ICopyTarget target, CancellationToken stop)
{
    /// <param name="source">The source.</param>
    /// <param name="to">Its path in the target.</param>
    /// <param name="contentOnly">Of a directory only what is in it.</param>
    internal void Run(CopySource source, byte[] to, bool contentOnly)
    {
        if (!source.Status.IsDirectory)
        {
            if (!IsExcluded(source.Name)) target.AddFile(to, source.Status, source.Handle);
            return;
        }

        using SafeFileHandle directory = Reopen(source.Handle);
        if (!contentOnly) target.BeginDirectory(to, source.Status, directory);
        WalkContent(directory, source.Path, "", to);
        if (!contentOnly) target.EndDirectory(to, source.Status);
    }

    private void WalkContent(SafeFileHandle directory, string path, string inner, byte[] to)
    {
        foreach (byte[] name in DirectoryListing.Read(directory))
        {
            stop.ThrowIfCancellationRequested();
            string text = Encoding.UTF8.GetString(name);
            string child = path.Length == 0 ? text : $"{path}/{text}", innerChild = inner.Length == 0 ? text : $"{inner}/{text}";
            bool ignored = tree is not null && tree.Ignores(child);
            if (IsExcluded(innerChild) || (ignored && tree!.IgnoresWhole)) continue;
            int error = FileStatus.TryOf(directory, name, out FileStatus status);
            if (error == LibC.ENOENT || status.Type == FileType.Socket) continue;
            if (error != 0) throw new LinuxException("fstatat", child, error);
            byte[] childTo = EntryName.Join(to, name);
            if (status.IsDirectory) WalkDirectory(directory, name, child, innerChild, childTo, ignored);
            else if (!ignored) AddFile(directory, name, status, child, childTo);
        }
    }

    private void WalkDirectory(
        SafeFileHandle parent, byte[] name, string path, string inner, byte[] to, bool ignored)
    {
        int error = FileTree.TryOpenBelow(
            parent, name, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? directory);
        if (error == LibC.ENOENT) return;
        if (error != 0) throw new LinuxException("openat2", path, error);
        using (directory)
        {
            FileStatus status = FileStatus.Of(directory!);
            // What is taken back below an ignored directory makes that directory itself when it is written.
            if (!ignored) target.BeginDirectory(to, status, directory!);
            WalkContent(directory!, path, inner, to);
            if (!ignored) target.EndDirectory(to, status);
        }
    }

    private void AddFile(SafeFileHandle parent, byte[] name, in FileStatus status, string path, byte[] to)
    {
        if (!status.IsRegularFile)
        {
            target.AddSpecial(to, status, status.IsSymbolicLink ? FileTree.ReadLink(parent, name) : []);
            return;
        }

        int error = FileTree.TryOpenFile(parent, name, out SafeFileHandle? file);
        if (error == LibC.ENOENT) return;
        if (error != 0) throw new LinuxException("openat", path, error);
        using (file) target.AddFile(to, FileStatus.Of(file!), file!);
    }

    private bool IsExcluded(string path) => excludes.Any(pattern => pattern.Covers(path));

    // A directory's handle is read once; a source is gone through twice, for its digest and for its files.
    private static SafeFileHandle Reopen(SafeFileHandle directory)
    {
        int error = FileTree.TryOpenBelow(
            directory, [], LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? again);
        return error == 0 ? again! : throw new LinuxException("openat2", ".", error);
    }
}
