using System.Text;
using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Images;

/// <summary>The files below a directory. Links are followed as if it were the root of everything.</summary>
internal sealed class UnpackedImageFiles(string directory) : ImageFiles, IDisposable
{
    private readonly SafeFileHandle _root = FileTree.OpenDirectory(directory);

    internal override Stream? TryOpen(string name, out long length)
    {
        length = 0;
        byte[] path = EntryName.Normalize(Encoding.UTF8.GetBytes(name));
        // First only looked at: to open a device for reading can be enough to do something.
        SafeFileHandle? found = Open(path, LibC.O_PATH, name);
        if (found is null) return null;
        using (found)
        {
            if (!FileStatus.Of(found).IsRegularFile) throw ArchiveErrors.Refused(path, "is not a regular file");
        }

        SafeFileHandle? file = Open(path, LibC.O_RDONLY | LibC.O_NONBLOCK, name);
        if (file is null) return null;
        length = FileStatus.Of(file).Size;
        return new FileStream(file, FileAccess.Read, bufferSize: 0);
    }

    internal override IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(directory).Select(static folder => Path.GetFileName(folder));

    public void Dispose() => _root.Dispose();

    private SafeFileHandle? Open(byte[] path, int flags, string name)
    {
        int error = FileTree.TryOpenBelow(_root, path, flags, FileTree.ResolveInRoot, out SafeFileHandle? file);
        if (error == 0) return file;
        return error == LibC.ENOENT || error == LibC.ENOTDIR ? null : throw new LinuxException("openat2", name, error);
    }
}
