using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Hooks;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Removes a container, whatever state whoever was ended has left it in.</summary>
internal sealed class ContainerDeletion(GlobalOptions global, OciLog log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="id">Its name.</param>
    /// <param name="force">It is ended first; one that is not there is no error.</param>
    /// <exception cref="OciException">There is none; it is not stopped.</exception>
    internal void Delete(string id, bool force)
    {
        ContainerDirectory directory;
        try
        {
            directory = ContainerDirectory.Open(global.Root, id);
        }
        catch (OciException) when (force)
        {
            return;
        }

        using Storage.FileLock held = directory.Lock();
        OciContainer container = OciContainer.Read(directory);
        if (!force) container.Require("delete", ContainerStatus.Stopped);
        Clear(directory, container.Record, container.Cgroup(), log.Warn);
    }

    /// <summary>Ends what runs, and removes the cgroup and the files; runs the hooks for that.</summary>
    internal static void Clear(ContainerDirectory directory, ContainerRecord? record, ContainerCgroup? cgroup, Action<string> warn)
    {
        if (record is not null) End(record, cgroup);
        cgroup?.Remove();
        RuntimeSpec? spec = directory.TryReadConfiguration();
        byte[]? state = spec?.Hooks is { Poststop.Count: > 0 } ? StateDocument.Write(OciContainer.Read(directory).Describe()) : null;
        try
        {
            directory.Remove();
        }
        catch (DirectoryNotFoundException)
        {
            // Whoever was creating it has cleared up as well.
        }

        if (state is not null) HookRun.RunAllAnyhow("poststop", spec!.Hooks!.Poststop, state, warn);
    }

    private static void End(ContainerRecord record, ContainerCgroup? cgroup)
    {
        using ProcessHandle? process = record.Pid > 0 ? ProcessHandle.TryOpen(record.Pid, record.PidStartTime) : null;
        _ = process?.Signal(LibC.SIGKILL);
        // What is halted does not end.
        Freezer.Of(record.CgroupPath)?.Thaw();
        if (process?.WaitForExit(Patience, CancellationToken.None) == false)
            throw new OciException($"The container '{record.Id}' did not end within {Patience.TotalSeconds} s of SIGKILL.");
        cgroup?.Kill();
    }
}
