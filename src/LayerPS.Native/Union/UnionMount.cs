using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Union;

/// <summary>
/// A union of directories as a detached overlay mount. It is in no mount table and needs no mount point; it is gone
/// when the handle closes or the process dies, unless it was attached somewhere.
/// </summary>
/// <remarks>
/// Whoever gives an upper directory must hold its lock: the kernel lets one be mounted twice and then corrupts it.
/// </remarks>
internal sealed class UnionMount : IDisposable
{
    /// <summary>OVL_MAX_STACK of the kernel, less one.</summary>
    internal const int MaximumLowers = 499;

    // Before, every try by lowerdir+ leaves a complaint in the kernel's log.
    private static readonly Version FirstWithContexts = new(6, 5);

    private UnionMount(SafeFileHandle handle) => Handle = handle;

    /// <summary>The mount.</summary>
    internal SafeFileHandle Handle { get; }

    /// <summary>Where this process reaches the files, while the handle is open.</summary>
    internal string Path => $"/proc/self/fd/{Handle.Number()}";

    /// <summary>Mounts.</summary>
    /// <param name="lowerTopFirst">1 to 499 directories, the topmost first.</param>
    /// <param name="upper">The writable directory, or null for a read-only union.</param>
    /// <param name="work">An empty directory on the upper's file system; given exactly when the upper is.</param>
    /// <param name="options">How.</param>
    /// <exception cref="LinuxException">The kernel refused; the message has what it said.</exception>
    internal static UnionMount Create(
        IReadOnlyList<string> lowerTopFirst, string? upper, string? work, UnionMountOptions options)
    {
        if (lowerTopFirst.Count is < 1 or > MaximumLowers)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lowerTopFirst), $"A union has 1 to {MaximumLowers} lower layers, not {lowerTopFirst.Count}.");
        }

        if (upper is null != work is null) throw new ArgumentException("An upper and its work directory go together.");

        // An overlay without an upper wants two lowers; a union of one directory is that directory.
        if (upper is null && lowerTopFirst.Count == 1) return new UnionMount(ReadOnlyClone(lowerTopFirst[0]));

        bool isOld = options.Interface == UnionInterface.Auto && Environment.OSVersion.Version < FirstWithContexts;
        if (isOld || options.Interface == UnionInterface.Classic)
            return new UnionMount(ClassicOverlay.Mount(lowerTopFirst, upper, work, options));

        try
        {
            return new UnionMount(MountByContext(lowerTopFirst, upper, work, options));
        }
        catch (LinuxException failure) when (options.Interface == UnionInterface.Auto && IsTooOld(failure))
        {
            return new UnionMount(ClassicOverlay.Mount(lowerTopFirst, upper, work, options));
        }
    }

    /// <summary>Makes the union visible at that directory of this mount namespace.</summary>
    internal void AttachTo(string target)
    {
        using SafeFileHandle place = FileTree.OpenDirectory(target);
        Mounts.Attach(Handle, place, target);
    }

    public void Dispose() => Handle.Dispose();

    private static SafeFileHandle MountByContext(
        IReadOnlyList<string> lowers, string? upper, string? work, UnionMountOptions options)
    {
        using SafeFileHandle context = Mounts.OpenContext("overlay");
        Mounts.Configure(context, "source", "overlay");
        foreach (string lower in lowers) Mounts.Configure(context, "lowerdir+", lower);
        if (upper is not null)
        {
            Mounts.Configure(context, "upperdir", Escape(upper));
            Mounts.Configure(context, "workdir", Escape(work!));
        }

        foreach ((string key, string? value) in options.Pairs()) Mounts.Configure(context, key, value);
        return Mounts.Create(context, "overlay", upper is null ? Mounts.ReadOnly : 0);
    }

    // Seen on Linux 6.18: the kernel takes lowerdir+ literally, but undoes backslashes in these two.
    private static string Escape(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal);

    private static SafeFileHandle ReadOnlyClone(string directory)
    {
        SafeFileHandle clone = Mounts.Clone(directory);
        Mounts.SetAttributes(clone, Mounts.ReadOnly);
        return clone;
    }

    // Seen on Linux 6.1: an overlay that knows nothing of contexts takes every option, and reads them when it is made.
    private static bool IsTooOld(LinuxException failure) =>
        failure.Errno == LibC.ENOSYS ||
        (failure.Errno == LibC.EINVAL && (failure.Call == Mounts.CreateCall
            || failure.Path?.StartsWith("lowerdir+=", StringComparison.Ordinal) == true));
}
