using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>
/// A file that tells, from the moment at which a user stops a container to its next start, that its restart policy has
/// nothing to say. It holds the number of the boot (proc_sys_kernel(5), random/boot_id) that it was written in.
/// </summary>
internal static class StopRequest
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>To be written before the container is signalled.</summary>
    internal static void Write(string directory) =>
        AtomicFile.Write(PathIn(directory), SmallFile.Read(BootId), durable: false);

    internal static void Clear(string directory) => File.Delete(PathIn(directory));

    internal static bool Exists(string directory) => File.Exists(PathIn(directory));

    /// <summary>True when there is one from before the host's latest restart.</summary>
    internal static bool IsOfEarlierBoot(string directory) =>
        SmallFile.TryRead(PathIn(directory)) is { } boot && !boot.AsSpan().SequenceEqual(SmallFile.Read(BootId));

    private static string PathIn(string directory) => Path.Combine(directory, ContainerFiles.StopRequest);
}
