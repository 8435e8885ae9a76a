using System.Text;
using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Cgroups;

/// <summary>
/// Halts all processes of a container's cgroup, whatever they do about signals: the kernel's cgroup-v1/freezer-subsystem.rst
/// and cgroup-v2.rst, "cgroup.freeze". Where both hierarchies are mounted, the first version's is used.
/// </summary>
internal sealed class Freezer
{
    private const int PollMilliseconds = 1;

    // What is mounted does not change under a running session, and a listing asks for every container.
    private static readonly Lazy<CgroupHierarchy?> Hierarchy = new(static () => Choose(CgroupHierarchy.OnThisHost()));

    private readonly bool _second;
    private readonly string _directory;

    /// <param name="hierarchy">The one that can freeze.</param>
    /// <param name="path">Below its mount point, for example <c>/layerps/ID</c>.</param>
    private Freezer(CgroupHierarchy hierarchy, string path) =>
        (_second, _directory) = (hierarchy.Version == 2, hierarchy.MountPoint + path);

    /// <summary>Null on a host that has none.</summary>
    /// <param name="path">That of the cgroup below the mount point.</param>
    internal static Freezer? Of(string path) => Hierarchy.Value is { } hierarchy ? new Freezer(hierarchy, path) : null;

    /// <summary>The hierarchy to freeze in; null where none can.</summary>
    internal static CgroupHierarchy? Choose(IReadOnlyList<CgroupHierarchy> hierarchies) =>
        hierarchies.FirstOrDefault(static h => h.Version == 1 && h.Controllers.Contains("freezer"))
        ?? hierarchies.FirstOrDefault(static h => h.Version == 2);

    private string Switch => Path.Combine(_directory, _second ? "cgroup.freeze" : "freezer.state");

    /// <summary>Whether the processes are halted, or are to be. False where there is no such cgroup.</summary>
    internal bool IsFrozen
    {
        get
        {
            try
            {
                return SmallFile.TryRead(Switch) is { } said && !said.AsSpan().StartsWith(_second ? "0"u8 : "THAWED"u8);
            }
            catch (LinuxException failure) when (IsGone(failure))
            {
                // It went between the opening and the reading.
                return false;
            }
        }
    }

    /// <summary>Returns when the last process has halted.</summary>
    /// <exception cref="LinuxException">ENOENT: the cgroup is gone.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first; the processes go on.</exception>
    internal void Freeze(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Version 1 tries each process once for each write: one that slept where it cannot be halted (vfork(2), until its
            // child has gone on) is halted by a later one.
            Write(_second ? "1"u8 : "FROZEN"u8);
            if (HasFrozen()) return;
            if (!cancellationToken.WaitHandle.WaitOne(PollMilliseconds)) continue;
            Thaw();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Lets the processes go on. Nothing happens where there is no such cgroup any more.</summary>
    internal void Thaw()
    {
        try
        {
            Write(_second ? "0"u8 : "THAWED"u8);
        }
        catch (LinuxException failure) when (IsGone(failure))
        {
        }
    }

    internal static bool IsGone(LinuxException failure) =>
        failure.Errno is var errno && (errno == LibC.ENOENT || errno == LibC.ENODEV);

    private bool HasFrozen()
    {
        if (_second)
        {
            byte[] events = SmallFile.TryRead(Path.Combine(_directory, "cgroup.events")) ?? throw Gone();
            return Encoding.ASCII.GetString(events).Split('\n').Contains("frozen 1");
        }

        byte[] state = SmallFile.TryRead(Switch) ?? throw Gone();
        return state.AsSpan().StartsWith("FROZEN"u8);
    }

    private LinuxException Gone() => new("read", Switch, LibC.ENOENT);

    private void Write(ReadOnlySpan<byte> text)
    {
        int file = Descriptors.Open(Switch, LibC.O_WRONLY);
        try
        {
            Descriptors.WriteAll(file, text);
        }
        finally
        {
            Descriptors.Close(file);
        }
    }
}
