using System.Text;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>
/// A link that tells, from the moment at which a user stops a container to its next start, that its restart policy has
/// nothing to say. It leads to the number of the boot (proc_sys_kernel(5), random/boot_id) that it was made in, which takes
/// no room of a disk that may be full.
/// </summary>
internal static class StopRequest
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>To be written before the container is signalled.</summary>
    internal static void Write(string directory)
    {
        string temporary = $"{PathIn(directory)}.{Guid.NewGuid():n}~";
        File.CreateSymbolicLink(temporary, ReadBoot());
        File.Move(temporary, PathIn(directory), overwrite: true);
    }

    internal static void Clear(string directory) => File.Delete(PathIn(directory));

    internal static bool Exists(string directory) => File.Exists(PathIn(directory));

    /// <summary>True when there is one from before the host's latest restart.</summary>
    internal static bool IsOfEarlierBoot(string directory) =>
        new FileInfo(PathIn(directory)).LinkTarget is { } boot && boot != ReadBoot();

    private static string ReadBoot() => Encoding.ASCII.GetString(SmallFile.Read(BootId)).Trim();

    private static string PathIn(string directory) => Path.Combine(directory, ContainerFiles.StopRequest);
}
