using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>Directories by exactly one system call each.</summary>
internal static unsafe class Directories
{
    internal static void Make(string path, uint mode)
    {
        fixed (byte* p = NullTerminated.From(path))
        {
            if (mkdir(p, (mode_t)mode) < 0) throw LinuxException.FromLastError("mkdir", path);
        }
    }

    /// <summary>False when it is not there, not empty, or in use.</summary>
    internal static bool TryRemove(string path)
    {
        fixed (byte* p = NullTerminated.From(path))
        {
            return rmdir(p) == 0;
        }
    }
}
