using Microsoft.Win32.SafeHandles;

namespace LayerPS.Linux;

/// <summary>A file in memory that has no name and goes with its last descriptor, see memfd_create(2).</summary>
internal static unsafe class MemoryFile
{
    private const int CloseOnExecute = 1;

    /// <param name="label">Shown in /proc/PID/fd.</param>
    internal static SafeFileHandle Create(string label)
    {
        fixed (byte* name = NullTerminated.From(label))
        {
            long descriptor = SystemCall.Invoke(SystemCall.MemoryFileCreate, (nint)name, CloseOnExecute);
            return descriptor >= 0
                ? new SafeFileHandle((nint)descriptor, ownsHandle: true)
                : throw LinuxException.FromLastError("memfd_create");
        }
    }
}
