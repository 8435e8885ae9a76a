using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>
/// Starts a program in new namespaces and a cgroup by clone3(2). Between clone and execve the child runs straight-line
/// code that never enters the managed runtime (every call in it suppresses the GC transition), as a fork of a
/// threaded process demands.
/// </summary>
/// <remarks>
/// CLONE_INTO_CGROUP makes the child a member from birth. Writing its pid to cgroup.procs instead would wait for an RCU
/// grace period, about 10 ms.
/// </remarks>
internal static unsafe partial class ChildProcess
{
    private const ulong CloneVfork = 0x4000;
    private const ulong CloneIntoCgroup = 0x2_0000_0000;
    private const int SignalChild = 17;
    private const int NewUserNamespace = 0x1000_0000;

    /// <summary>clone3 has the same number everywhere.</summary>
    private const long Clone3 = 435;

    /// <param name="path">The program.</param>
    /// <param name="arguments">Its argv.</param>
    /// <param name="environment">Its environment, KEY=VALUE.</param>
    /// <param name="namespaces">CLONE_NEW… flags.</param>
    /// <param name="cgroup">A directory descriptor in the v2 hierarchy, or -1.</param>
    /// <param name="entry">What it does on its way into a user namespace; null for none.</param>
    /// <returns>The child's pid.</returns>
    internal static int Start(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, ulong namespaces, int cgroup,
        UserNamespaceEntry? entry = null)
    {
        using var argv = new NativeStringArray(arguments);
        using var envp = new NativeStringArray(environment);
        byte[] pathBytes = NullTerminated.From(path);
        CloneArguments clone = new()
        {
            // One that waits for its parent must not hold it up.
            Flags = (entry?.Socket >= 0 ? 0 : CloneVfork) | namespaces | (cgroup >= 0 ? CloneIntoCgroup : 0),
            ExitSignal = SignalChild,
            Cgroup = cgroup >= 0 ? (ulong)cgroup : 0,
        };

        int[] tasks = entry?.Tasks ?? [];
        int count = tasks.Length, socket = entry?.Socket ?? -1, peer = entry?.Peer ?? -1, join = entry?.Join ?? -1;
        bool mapped = entry is not null;
        byte zero = (byte)'0';
        (long, long, long) identity = (SystemCall.SetGroups, SystemCall.SetResGid, SystemCall.SetResUid);
        long pid;
        fixed (byte* program = pathBytes)
        fixed (int* task = tasks)
        {
            byte** arg = argv.Pointer;
            byte** env = envp.Pointer;
            pid = Clone(Clone3, &clone, (nuint)sizeof(CloneArguments));
            if (pid == 0)
            {
                if (mapped && !EnterUserNamespace(task, count, &zero, socket, peer, join, identity)) ExitNow(126);
                _ = Execute(program, arg, env);
                ExitNow(127);
            }
        }

        return pid > 0 ? (int)pid : throw new LinuxException("clone3", path, Marshal.GetLastSystemError());
    }

    // Straight-line as well. It has all rights in its namespace, and becomes its root.
    private static bool EnterUserNamespace(
        int* tasks, int count, byte* zero, int socket, int peer, int join,
        (long Groups, long Group, long User) identity)
    {
        for (int i = 0; i < count; i++)
        {
            if (Write(tasks[i], zero, 1) != 1) return false;
        }

        if (socket >= 0)
        {
            // With its own copy of the other end it would never hear that the parent is gone.
            _ = CloseNow(peer);
            if (ReadNow(socket, zero, 1) != 1) return false;
        }

        if (join >= 0 && SetNamespace(join, NewUserNamespace) != 0) return false;
        return CallNow(identity.Groups, 0, 0, 0) == 0 && CallNow(identity.Group, 0, 0, 0) == 0 &&
            CallNow(identity.User, 0, 0, 0) == 0;
    }

    /// <summary>
    /// Asks for a child in a cgroup that cannot be: no child comes of it, and the error tells what the kernel knows.
    /// </summary>
    /// <returns>EBADF where it knows CLONE_INTO_CGROUP (since Linux 5.7); ENOSYS, E2BIG or EPERM where not.</returns>
    internal static int TryIntoNoCgroup()
    {
        CloneArguments clone = new() { Flags = CloneIntoCgroup, ExitSignal = SignalChild, Cgroup = int.MaxValue };
        _ = Clone(Clone3, &clone, (nuint)sizeof(CloneArguments));
        return Marshal.GetLastSystemError();
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    private static partial long Clone(long number, CloneArguments* arguments, nuint size);

    [LibraryImport("libc", EntryPoint = "write")]
    [SuppressGCTransition]
    private static partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read")]
    [SuppressGCTransition]
    private static partial nint ReadNow(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    [SuppressGCTransition]
    private static partial int CloseNow(int descriptor);

    [LibraryImport("libc", EntryPoint = "setns")]
    [SuppressGCTransition]
    private static partial int SetNamespace(int descriptor, int type);

    // The wrappers of glibc would tell the threads that the parent has, and wait for them.
    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    private static partial long CallNow(long number, nint a, nint b, nint c);

    [LibraryImport("libc", EntryPoint = "execve")]
    [SuppressGCTransition]
    private static partial int Execute(byte* path, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "_exit")]
    [SuppressGCTransition]
    private static partial void ExitNow(int status);

    /// <summary>struct clone_args of clone3(2), up to its third published size.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct CloneArguments
    {
        internal ulong Flags;
        internal ulong PidDescriptor;
        internal ulong ChildTid;
        internal ulong ParentTid;
        internal ulong ExitSignal;
        internal ulong Stack;
        internal ulong StackSize;
        internal ulong Tls;
        internal ulong SetTid;
        internal ulong SetTidSize;
        internal ulong Cgroup;
    }
}
