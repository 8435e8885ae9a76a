using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// /dev/null as a stream of a command. That of the host is a file of the host: through /proc/self/fd, root in a container
/// could give it another mode or owner. The command gets the container's own.
/// </summary>
internal static class NullDevice
{
    private const string Path = "/dev/null";
    private static readonly DeviceNumber Number = new(1, 3); // the kernel's admin-guide/devices.txt

    /// <summary>To be called inside the container's root.</summary>
    /// <exception cref="IOException">The container has something else in its place.</exception>
    internal static void ReplaceIn(ReadOnlySpan<int> descriptors)
    {
        foreach (int descriptor in descriptors)
        {
            if (!IsNull(descriptor)) continue;
            // A pipe in its place must not hold this up.
            int own = Descriptors.Open(Path, LibC.O_RDWR | LibC.O_NOFOLLOW | LibC.O_NONBLOCK);
            if (!IsNull(own)) throw new IOException($"The container's {Path} is another file.");
            Descriptors.Duplicate(own, descriptor);
            Descriptors.Close(own);
        }
    }

    private static bool IsNull(int descriptor)
    {
        using SafeFileHandle borrowed = new(descriptor, ownsHandle: false);
        FileStatus status = FileStatus.Of(borrowed);
        return status.Type == FileType.CharacterDevice && status.Node == Number;
    }
}
