using System.Globalization;
using LayerPS.Images;
using LayerPS.Linux;
using LayerPS.Storage;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>One end of a copy: a path below an open root, out of which no link leads.</summary>
/// <remarks>
/// Of a container that runs it is the root that its first process has, with all that is mounted there. Of one that does not,
/// it is its union; and where the path leads into a volume or a directory of the host, that directory.
/// </remarks>
internal sealed class FilePlace : IDisposable
{
    private readonly Stack<IDisposable> _held = [];

    private FilePlace(FileLocation location)
    {
        Location = location;
        Path = PathPattern.Clean(location.Path);
    }

    /// <summary>What was asked for.</summary>
    internal FileLocation Location { get; }

    /// <summary>The directory that is the root of everything here.</summary>
    internal SafeFileHandle Root { get; private set; } = null!;

    /// <summary>Below the root, without a slash at either end; empty for the root itself.</summary>
    internal string Path { get; private set; }

    /// <summary>The container runs: /proc, /sys and /dev have what the kernel shows, and no files.</summary>
    internal bool IsLive { get; private set; }

    /// <summary>For messages.</summary>
    internal string Owner => Location.Container is { } container ? $"the container '{container.Name}'" : "this machine";

    /// <exception cref="EngineException">
    /// ContainerNotFound, ContainerRunning: it is just being started again; ContainerItemRefused: it is mounted read-only.
    /// </exception>
    internal static FilePlace Open(StoreLayout layout, FileLocation location, bool writable, CancellationToken stop)
    {
        FilePlace place = new(location);
        try
        {
            if (location.Container is null) place.Root = place.Hold(FileTree.OpenDirectory("/"));
            else if (writable) place.OpenForWriting(layout, location.Container, stop);
            else place.OpenForReading(layout, new ContainerReader(layout).Read(location.Container));
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_held.TryPop(out IDisposable? held)) held.Dispose();
    }

    private T Hold<T>(T held) where T : IDisposable
    {
        _held.Push(held);
        return held;
    }

    private void OpenForReading(StoreLayout layout, Container container)
    {
        Hold(ContainerReading.Begin(container));
        if (TryOpenLive(container) || TryOpenMount(layout, container, writable: false)) return;
        Root = Hold(UnionMount.Create(
            [container.UpperPath, .. LowersOf(layout, container)], null, null, UnionMountOptions.Default)).Handle;
    }

    // The lock keeps the container from being started: the kernel lets one upper be mounted twice.
    private void OpenForWriting(StoreLayout layout, Container container, CancellationToken stop)
    {
        ContainerTransition transition = Hold(ContainerTransition.Begin(layout, container, stop));
        container = transition.Container;
        if (TryOpenLive(container) || TryOpenMount(layout, container, writable: true)) return;
        if (container.State == ContainerState.Restarting)
        {
            throw new EngineException(
                EngineErrors.ContainerRunning, $"The container '{container.Name}' is being started again just now.",
                container.Name, "Try again in a moment, or stop it first with Stop-Container.");
        }

        transition.Require(ContainerAction.Start, stop);
        if (container.Config.ReadOnly) throw ReadOnly("the root is");
        Root = Hold(UnionMount.Create(
            LowersOf(layout, container), container.UpperPath,
            System.IO.Path.Combine(container.Directory, ContainerFiles.Work), UnionMountOptions.Default)).Handle;
    }

    private static IReadOnlyList<string> LowersOf(StoreLayout layout, Container container) =>
        new LayerStore(layout).PathsFrom(container.Parent);

    private bool TryOpenLive(Container container)
    {
        // There its files belong to the users that it has, and in its layers to those that they are in it.
        if (container.Config.UserNamespace is not null) return false;
        if (!ContainerStateRules.Allows(container.State, ContainerAction.Signal)) return false;
        using ProcessHandle? process = ProcessHandle.TryOpen(container.Run.Pid, container.Run.PidStartTime);
        if (process is null) return false;
        try
        {
            Root = Hold(FileTree.OpenDirectory(string.Create(CultureInfo.InvariantCulture, $"/proc/{container.Run.Pid}/root")));
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
        {
            return false;
        }

        // Its number was its own all the time.
        IsLive = !process.WaitForExit(TimeSpan.Zero, CancellationToken.None);
        return IsLive;
    }

    private bool TryOpenMount(StoreLayout layout, Container container, bool writable)
    {
        ContainerMount? mount = container.Mounts
            .Where(mount => mount.Type != ContainerMountType.TmpFs && IsBelow(Path, PathPattern.Clean(mount.Destination)))
            .MaxBy(static mount => mount.Destination.Length);
        if (mount is null) return false;
        string source = mount.Type == ContainerMountType.Volume ? layout.VolumeFiles(mount.Source!) : mount.Source!;
        if (!Directory.Exists(source)) return false;
        if (writable && mount.ReadOnly) throw ReadOnly($"'{mount.Destination}' is");
        Root = Hold(FileTree.OpenDirectory(source));
        Path = Path[PathPattern.Clean(mount.Destination).Length..].TrimStart('/');
        return true;
    }

    private static bool IsBelow(string path, string directory) =>
        directory.Length > 0 && (path == directory || path.StartsWith(directory + '/', StringComparison.Ordinal));

    private EngineException ReadOnly(string what) => new(
        EngineErrors.ContainerItemRefused, $"Nothing can be written to '{Location}': {what} read-only.", Location.ToString());
}
