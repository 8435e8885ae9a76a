using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>Tells when files in one directory are written, made, renamed or removed, see inotify(7).</summary>
internal sealed unsafe partial class DirectoryWatch : IDisposable
{
    private const int CloseOnExecute = 0x80000, NonBlocking = 0x800; // IN_CLOEXEC, IN_NONBLOCK
    private const uint Modified = 0x2, MovedTo = 0x80, Created = 0x100, DirectoryDeleted = 0x400, DirectoryMoved = 0x800;
    private const int BufferSize = 4096;

    private readonly SafeFileHandle _queue;

    /// <exception cref="LinuxException">There is no such directory (ENOENT), or there are too many watches (ENOSPC).</exception>
    internal DirectoryWatch(string directory)
    {
        int queue = Initialize(CloseOnExecute | NonBlocking);
        if (queue < 0) throw LinuxException.FromLastError("inotify_init1");
        _queue = FileTree.Own(queue);
        fixed (byte* path = NullTerminated.From(directory))
        {
            if (AddWatch(queue, path, Modified | MovedTo | Created | DirectoryDeleted | DirectoryMoved) >= 0) return;
        }

        LinuxException failure = LinuxException.FromLastError("inotify_add_watch", directory);
        _queue.Dispose();
        throw failure;
    }

    /// <summary>For <see cref="DescriptorPoll"/>: readable when something has happened since the last <see cref="Clear"/>.</summary>
    internal int Descriptor => _queue.Number();

    /// <summary>Forgets what has happened so far; to be called before looking at the files.</summary>
    internal void Clear()
    {
        byte* buffer = stackalloc byte[BufferSize];
        while ((long)LibC.read(Descriptor, buffer, BufferSize) > 0)
        {
        }
    }

    public void Dispose() => _queue.Dispose();

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Initialize(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true)]
    private static partial int AddWatch(int queue, byte* path, uint events);
}
