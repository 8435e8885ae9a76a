using System.Runtime.CompilerServices;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>Names as the kernel has them: bytes, ended by a NUL. Nothing says that they are UTF-8.</summary>
internal static class CString
{
    /// <summary>The kernel's PATH_MAX, the terminating NUL included.</summary>
    internal const int Capacity = 4096;

    /// <summary>Copies <paramref name="text"/> with a NUL behind it into <paramref name="buffer"/>.</summary>
    /// <exception cref="LinuxException">ENAMETOOLONG, or EINVAL for a text with a NUL inside.</exception>
    internal static ReadOnlySpan<byte> Terminate(
        ReadOnlySpan<byte> text, Span<byte> buffer, [CallerMemberName] string call = "")
    {
        if (text.Length >= buffer.Length) throw new LinuxException(call, ByteText.Display(text), LibC.ENAMETOOLONG);
        if (text.Contains((byte)0)) throw new LinuxException(call, ByteText.Display(text), LibC.EINVAL);
        text.CopyTo(buffer);
        buffer[text.Length] = 0;
        return buffer[..(text.Length + 1)];
    }
}
