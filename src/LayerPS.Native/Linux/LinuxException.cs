using System.Globalization;
using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>A system call that failed: which one, on what path, and why.</summary>
public sealed class LinuxException : IOException
{
    internal LinuxException(string call, string? path, int errno)
        : base(Compose(call, path, errno))
    {
        Call = call;
        Path = path;
        Errno = errno;
    }

    /// <summary>The name of the system call or of the libc function, for example <c>mount</c>.</summary>
    public string Call { get; }

    /// <summary>The path or other object that the call was about; null where there is none.</summary>
    public string? Path { get; }

    /// <summary>The error number that the kernel gave, see errno(3).</summary>
    public int Errno { get; }

    /// <summary>The failure of the P/Invoke that returned just now on this thread.</summary>
    internal static LinuxException FromLastError(string call, string? path = null) =>
        new(call, path, Marshal.GetLastPInvokeError());

    private static string Compose(string call, string? path, int errno)
    {
        string reason = Marshal.GetPInvokeErrorMessage(errno);
        string subject = path is null ? call : $"{call} '{path}'";
        return string.Create(CultureInfo.InvariantCulture, $"{subject}: {reason} (errno {errno})");
    }
}
