using System.Globalization;
using System.Text;
using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Starts the init stage of a container that has users of its own. Only this process has the right to say which users
/// they are, and to open what is the host's; so it maps them while the child waits, and sends the files.
/// </summary>
internal static class MappedStage
{
    /// <param name="users">Which users of the host they are.</param>
    /// <param name="cgroup">The container's cgroup; null for none.</param>
    /// <param name="arguments">The stage's.</param>
    /// <param name="start">Starts the stage with these arguments and this way in.</param>
    /// <returns>The process's number.</returns>
    internal static int Start(
        UserMapping users, ContainerCgroup? cgroup, StageArguments arguments,
        Func<StageArguments, UserNamespaceEntry, int> start)
    {
        (int own, int files) = LocalSockets.Pair();
        int[] tasks = cgroup?.OpenVersionOneTasks() ?? [];
        int pid = 0;
        try
        {
            UserNamespaceEntry entry = new() { Tasks = tasks, Socket = files, Peer = own };
            pid = start(arguments with { Files = files }, entry);
            Descriptors.Close(files);
            MapUsers(pid, users);
            LocalSockets.SendDescriptor(own, -1);
            HandedFiles.Send(own, pid);
            return pid;
        }
        catch (LinuxException broken) when (broken.Errno == LibC.EPIPE && pid > 0)
        {
            // The report says why.
            return pid;
        }
        catch when (pid > 0)
        {
            // It has not been waited for, so its number is still its own.
            _ = LibC.kill(pid, LibC.SIGKILL);
            _ = ChildStatus.Wait(pid);
            throw;
        }
        finally
        {
            Descriptors.Close(own);
            foreach (int task in tasks) Descriptors.Close(task);
        }
    }

    /// <summary>Says which users of the host those of a new user namespace are.</summary>
    /// <param name="pid">A process in there.</param>
    /// <param name="users">They.</param>
    internal static void MapUsers(int pid, UserMapping users)
    {
        byte[] line = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"0 {users.First} {users.Count}\n"));
        foreach (string file in (ReadOnlySpan<string>)["gid_map", "uid_map"])
        {
            int map = Descriptors.Open(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{file}"), LibC.O_WRONLY);
            try
            {
                Descriptors.WriteAll(map, line);
            }
            finally
            {
                Descriptors.Close(map);
            }
        }
    }
}
