using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>Capabilities by name and the calls that set them for this process, see capabilities(7).</summary>
internal static unsafe partial class Capabilities
{
    private const int SetKeepCapabilities = 8;
    private const int ReadBoundingSet = 23;
    private const int DropFromBoundingSet = 24;
    private const int Ambient = 47;
    private const int AmbientRaise = 2;
    private const int AmbientClearAll = 4;
    private const uint Version3 = 0x20080522;

    /// <summary>Every capability in the order of its number, from linux/capability.h.</summary>
    internal static readonly string[] Names =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
        "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST",
        "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO",
        "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE",
        "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE",
        "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM",
        "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ];

    /// <summary>The set as a bit mask.</summary>
    /// <exception cref="ArgumentException">A name is none of <see cref="Names"/>.</exception>
    internal static ulong MaskOf(IReadOnlyList<string> names)
    {
        ulong mask = 0;
        foreach (string name in names)
        {
            int number = Array.IndexOf(Names, name);
            if (number < 0) throw new ArgumentException($"'{name}' is not a capability.", nameof(names));
            mask |= 1UL << number;
        }

        return mask;
    }

    /// <summary>The names of those in the bounding set of this thread: nothing that it executes can have others.</summary>
    internal static string[] ListBounding()
    {
        List<string> held = [];
        for (int number = 0; number < Names.Length; number++)
        {
            if (Control(ReadBoundingSet, (nuint)number) == 1) held.Add(Names[number]);
        }

        return [.. held];
    }

    /// <summary>Those of the names that the kernel's header knows.</summary>
    internal static bool IsKnown(string name) => Array.IndexOf(Names, name) >= 0;

    /// <summary>Makes everything effective that this thread is permitted: a change of user takes it away.</summary>
    internal static void Raise()
    {
        Header header = new() { Version = Version3 };
        Data* data = stackalloc Data[2];
        if (CapGet(&header, data) < 0) throw LinuxException.FromLastError("capget");
        for (int half = 0; half < 2; half++) data[half].Effective = data[half].Permitted;
        if (CapSet(&header, data) < 0) throw LinuxException.FromLastError("capset");
    }

    /// <summary>Takes everything that is not in the mask out of the bounding set, for good.</summary>
    internal static void LimitBounding(ulong mask)
    {
        for (int number = 0; number < 64; number++)
        {
            if ((mask & (1UL << number)) != 0) continue;
            if (Control(DropFromBoundingSet, (nuint)number) == 0) continue;
            const int InvalidArgument = 22;
            if (Marshal.GetLastPInvokeError() == InvalidArgument) return;
            throw LinuxException.FromLastError("prctl(PR_CAPBSET_DROP)");
        }
    }

    /// <summary>Keeps the permitted set over the change of user that follows.</summary>
    internal static void KeepOverUserChange()
    {
        if (Control(SetKeepCapabilities, 1) < 0) throw LinuxException.FromLastError("prctl(PR_SET_KEEPCAPS)");
    }

    /// <summary>Sets this thread's sets; what is executed next inherits them as execve(2) defines.</summary>
    internal static void Set(ulong effective, ulong permitted, ulong inheritable, ulong ambient)
    {
        Header header = new() { Version = Version3 };
        Data* data = stackalloc Data[2];
        for (int half = 0; half < 2; half++)
        {
            int shift = half * 32;
            data[half] = new Data
            {
                Effective = (uint)(effective >> shift),
                Permitted = (uint)(permitted >> shift),
                Inheritable = (uint)(inheritable >> shift),
            };
        }

        if (CapSet(&header, data) < 0) throw LinuxException.FromLastError("capset");

        _ = Control(Ambient, AmbientClearAll);
        for (int number = 0; number < Names.Length; number++)
        {
            if ((ambient & (1UL << number)) == 0) continue;
            if (Control(Ambient, AmbientRaise, (nuint)number) < 0)
                throw LinuxException.FromLastError("prctl(PR_CAP_AMBIENT)", Names[number]);
        }
    }

    /// <summary>What this thread may do now, as a bit mask.</summary>
    internal static ulong GetEffective()
    {
        Header header = new() { Version = Version3 };
        Data* data = stackalloc Data[2];
        if (CapGet(&header, data) < 0) throw LinuxException.FromLastError("capget");
        return data[0].Effective | ((ulong)data[1].Effective << 32);
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, nuint b = 0, nuint c = 0, nuint d = 0);

    [LibraryImport("libc", EntryPoint = "capget", SetLastError = true)]
    private static partial int CapGet(Header* header, Data* data);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int CapSet(Header* header, Data* data);

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        internal uint Version;
        internal int Pid;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Data
    {
        internal uint Effective;
        internal uint Permitted;
        internal uint Inheritable;
    }
}
