using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Fills a new file system with what it is going to hide (the mount option tmpcopyup).</summary>
internal static class CopyUp
{
    private const int BufferSize = 128 * 1024;

    /// <param name="made">The detached mount.</param>
    /// <param name="target">The directory that it is attached on.</param>
    internal static void Fill(SafeFileHandle made, SafeFileHandle target)
    {
        using SafeFileHandle from = Open(target, "."u8);
        using SafeFileHandle to = Open(made, "."u8);
        FileStatus status = FileStatus.Of(from);
        FileOwnership.SetOwner(to, status.Uid, status.Gid);
        FileOwnership.SetMode(to, status.Permissions);
        CopyAll(from, to);
    }

    private static void CopyAll(SafeFileHandle from, SafeFileHandle to)
    {
        foreach (byte[] name in DirectoryListing.Read(from))
        {
            if (FileStatus.TryOf(from, name, out FileStatus status) != 0) continue;
            Copy(from, to, name, status);
            if (status.Type is not (FileType.Directory or FileType.Regular or FileType.SymbolicLink)) continue;
            FileOwnership.SetOwner(to, name, status.Uid, status.Gid);
            if (!status.IsSymbolicLink) FileOwnership.SetMode(to, name, status.Permissions);
        }
    }

    private static void Copy(SafeFileHandle from, SafeFileHandle to, byte[] name, FileStatus status)
    {
        switch (status.Type)
        {
            case FileType.Directory:
                Check(FileTree.TryMakeDirectory(to, name, status.Permissions), "mkdirat", name);
                using (SafeFileHandle below = Open(from, name))
                using (SafeFileHandle made = Open(to, name))
                    CopyAll(below, made);
                break;
            case FileType.SymbolicLink:
                Check(FileTree.TryMakeSymbolicLink(to, name, FileTree.ReadLink(from, name)), "symlinkat", name);
                break;
            case FileType.Regular:
                CopyContent(from, to, name, status);
                break;
        }
    }

    private static void CopyContent(SafeFileHandle from, SafeFileHandle to, byte[] name, FileStatus status)
    {
        Check(FileTree.TryOpenBelow(from, name, LibC.O_RDONLY, FileTree.ResolveNoLinks, out SafeFileHandle? source), "openat2", name);
        using (source)
        {
            Check(FileTree.TryCreateFile(to, name, status.Permissions, out SafeFileHandle? target), "openat", name);
            using (target)
            {
                byte[] buffer = new byte[BufferSize];
                while (FileContent.Read(source!, buffer) is > 0 and var count) FileContent.Write(target!, buffer.AsSpan(0, count));
            }
        }
    }

    private static SafeFileHandle Open(SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        Check(
            FileTree.TryOpenBelow(parent, name, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? opened),
            "openat2", name);
        return opened!;
    }

    private static void Check(int error, string call, ReadOnlySpan<byte> name)
    {
        if (error != 0) throw new LinuxException(call, ByteText.Display(name), error);
    }
}
