using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>The current directory of a thread that shares it with no other (after unshare(2) of CLONE_FS or CLONE_NEWNS).</summary>
internal static unsafe class ThreadDirectory
{
    internal static void Change(string path)
    {
        fixed (byte* p = NullTerminated.From(path))
        {
            if (LibC.chdir(p) < 0) throw LinuxException.FromLastError("chdir", path);
        }
    }
}
