using System.Globalization;
using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Runtime.Oci.Arguments;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>A container as it is at this moment: what is written down of it, and what the kernel says.</summary>
internal sealed class OciContainer
{
    private OciContainer(ContainerDirectory directory, ContainerRecord? record, ContainerStatus status) =>
        (Directory, Record, Status) = (directory, record, status);

    internal ContainerDirectory Directory { get; }

    /// <summary>Null where whoever was to create it was ended at once.</summary>
    internal ContainerRecord? Record { get; }

    internal ContainerStatus Status { get; }

    internal string StatusText => Status.ToString().ToLowerInvariant();

    internal bool IsAlive => Status is ContainerStatus.Created or ContainerStatus.Running or ContainerStatus.Paused;

    /// <exception cref="OciException">There is no such container.</exception>
    internal static OciContainer Read(string root, string id) => Read(ContainerDirectory.Open(root, id));

    internal static OciContainer Read(ContainerDirectory directory)
    {
        ContainerRecord? record = directory.TryReadRecord();
        return new OciContainer(directory, record, StatusOf(directory, record));
    }

    internal ContainerCgroup? Cgroup() =>
        Record is null ? null : new ContainerCgroup(CgroupHierarchy.OnThisHost(), Record.CgroupPath);

    /// <summary>Its first process.</summary>
    /// <exception cref="OciException">It has ended.</exception>
    internal ProcessHandle OpenProcess() => TryOpenProcess() ?? throw NotRunning();

    internal ProcessHandle? TryOpenProcess() =>
        Record is { Pid: > 0 } record ? ProcessHandle.TryOpen(record.Pid, record.PidStartTime) : null;

    /// <summary>Refuses all but the states that are given.</summary>
    internal void Require(string action, params ReadOnlySpan<ContainerStatus> allowed)
    {
        if (!allowed.Contains(Status))
            throw new OciException($"Cannot {action} the container '{Directory.Id}', which is {StatusText}{(IsAlive ? "" : ": container not running")}.");
    }

    internal OciException NotRunning() => new($"The container '{Directory.Id}' is {StatusText}: container not running.");

    internal ContainerDescription Describe() => new()
    {
        OciVersion = Record?.OciVersion ?? LayerPS.Oci.RuntimeSpec.Version,
        Id = Directory.Id,
        Status = StatusText,
        Pid = IsAlive ? Record!.Pid : 0,
        Bundle = Record?.Bundle ?? "",
        Annotations = Directory.TryReadConfiguration()?.Annotations ?? new Dictionary<string, string>(),
        RootFileSystem = Record?.Rootfs,
        Created = Record?.Created,
        Owner = Record is null ? null : OwnerName(Record.Owner),
    };

    private static ContainerStatus StatusOf(ContainerDirectory directory, ContainerRecord? record)
    {
        if (record is not { Ready: true })
        {
            bool isBeingMade = record is null || ProcessHandle.StartTimeOf(record.CreatorPid) == record.CreatorStartTime;
            return isBeingMade && record is not null ? ContainerStatus.Creating : ContainerStatus.Stopped;
        }

        if (ProcessHandle.StartTimeOf(record.Pid) != record.PidStartTime) return ContainerStatus.Stopped;
        if (Freezer.Of(record.CgroupPath) is { IsFrozen: true }) return ContainerStatus.Paused;
        return File.Exists(directory.StartSocket) ? ContainerStatus.Created : ContainerStatus.Running;
    }

    private static string OwnerName(uint uid) => uid == 0 ? "root" : uid.ToString(CultureInfo.InvariantCulture);
}
