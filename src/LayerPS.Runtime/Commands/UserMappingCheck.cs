using System.Globalization;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Monitor;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Commands;

/// <summary>
/// Tries whether a container could have users of its own whose files are in that directory: says "well", or why not.
/// It is here, as a user namespace takes a process of one thread.
/// </summary>
internal static class UserMappingCheck
{
    internal const string Well = "well";

    private static readonly UserMapping Users = new(100_000, 65_536);

    internal static int Run(string directory)
    {
        (int own, int other) = LocalSockets.Pair();
        int pid = 0;
        try
        {
            UserNamespaceEntry entry = new() { Socket = other, Peer = own };
            // It waits, and ends when nobody tells it to go on.
            pid = ChildProcess.Start("/", [""], [], (ulong)LibC.CLONE_NEWUSER, cgroup: -1, entry);
            MappedStage.MapUsers(pid, Users);
            string space = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/user");
            int userNamespace = Descriptors.Open(space, LibC.O_RDONLY);
            try
            {
                TryUnion(directory, userNamespace);
            }
            finally
            {
                // Whoever asks may lack the right to remove what an overlay leaves in its working directory.
                Directory.Delete(directory, recursive: true);
            }

            Console.Out.WriteLine(Well);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Out.WriteLine(e.Message);
        }

        Descriptors.Close(own);
        Descriptors.Close(other);
        if (pid > 0) _ = ChildStatus.Wait(pid);
        return 0;
    }

    private static void TryUnion(string directory, int userNamespace)
    {
        string[] parts = [.. ((string[])["lower", "upper", "work"]).Select(name => Path.Combine(directory, name))];
        foreach (string part in parts) Directory.CreateDirectory(part);
        using SafeFileHandle union = MappedUnion.Mount(
            [parts[0]], parts[1], parts[2], UnionMountOptions.Default with { Volatile = true },
            userNamespace, Users.First);
        // Where it could not be mounted as it should, overlayfs leaves it read-only.
        string root = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{union.Number()}");
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                ThreadFileUser.Become(Users.First, Users.First);
                Directory.CreateDirectory(Path.Combine(root, "made"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null) throw failure;
        using SafeFileHandle made = FileTree.OpenDirectory(Path.Combine(parts[1], "made"));
        if (FileStatus.Of(made).Uid != 0)
            throw new IOException("What is written there belongs to others than it should.");
    }
}
