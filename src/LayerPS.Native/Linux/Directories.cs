using System.Runtime.InteropServices;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>Directories by exactly one system call each.</summary>
internal static unsafe partial class Directories
{
    internal static void Make(string path, uint mode)
    {
        fixed (byte* p = NullTerminated.From(path))
        {
            if (mkdir(p, (mode_t)mode) < 0) throw LinuxException.FromLastError("mkdir", path);
        }
    }

    /// <summary>Puts a directory in the place of an empty one, see rename(2); false when that one is not empty.</summary>
    internal static bool TryReplaceEmpty(string directory, string empty)
    {
        fixed (byte* from = NullTerminated.From(directory))
        fixed (byte* to = NullTerminated.From(empty))
        {
            if (Rename(from, to) == 0) return true;
            int error = Marshal.GetLastPInvokeError();
            if (error == ENOTEMPTY || error == EEXIST) return false;
            throw new LinuxException("rename", empty, error);
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

    // Directory.Move refuses a target that is there.
    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static partial int Rename(byte* from, byte* to);
}
