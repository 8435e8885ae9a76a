using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>The current directory of a thread that shares it with no other (after unshare(2) of CLONE_FS or CLONE_NEWNS).</summary>
internal static unsafe class ThreadDirectory
{
    private const int PathCapacity = 4096; // PATH_MAX

    internal static void Change(string path)
    {
        fixed (byte* p = NullTerminated.From(path))
        {
            if (LibC.chdir(p) < 0) throw LinuxException.FromLastError("chdir", path);
        }
    }

    /// <summary>Whether it is below the root directory. getcwd(2) begins its answer with another sign where it is not.</summary>
    internal static bool IsBelowRoot()
    {
        byte* path = stackalloc byte[PathCapacity];
        long length = SystemCall.Invoke(SystemCall.GetCurrentDirectory, (nint)path, PathCapacity);
        return length > 0 && path[0] == (byte)'/';
    }
}
