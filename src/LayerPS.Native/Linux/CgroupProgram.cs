using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>Programs that the kernel asks before a process of a cgroup uses a device, see bpf(2).</summary>
internal static unsafe class CgroupProgram
{
    private const int LoadProgram = 5, AttachProgram = 8;
    private const uint CgroupDevice = 15, AttachDevice = 6, AllowMultiple = 2;

    /// <summary>Attaches the program for as long as the cgroup is there.</summary>
    /// <param name="instructions">The program.</param>
    /// <param name="cgroup">The descriptor of a directory in the version 2 hierarchy.</param>
    internal static void AttachToDevices(ReadOnlySpan<ulong> instructions, int cgroup)
    {
        fixed (ulong* first = instructions)
        fixed (byte* license = "GPL\0"u8)
        {
            LoadArguments load = new()
            {
                Type = CgroupDevice, Count = (uint)instructions.Length, Instructions = first, License = license,
            };
            long program = SystemCall.Invoke(SystemCall.Bpf, LoadProgram, (nint)(&load), sizeof(LoadArguments));
            if (program < 0) throw LinuxException.FromLastError("bpf(BPF_PROG_LOAD)");
            AttachArguments attach = new()
            {
                Target = (uint)cgroup, Program = (uint)program, Type = AttachDevice, Flags = AllowMultiple,
            };
            long result = SystemCall.Invoke(SystemCall.Bpf, AttachProgram, (nint)(&attach), sizeof(AttachArguments));
            LinuxException? failure = result < 0 ? LinuxException.FromLastError("bpf(BPF_PROG_ATTACH)") : null;
            Descriptors.Close((int)program);
            if (failure is not null) throw failure;
        }
    }

    /// <summary>The first fields of union bpf_attr for BPF_PROG_LOAD.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LoadArguments
    {
        internal uint Type;
        internal uint Count;
        internal ulong* Instructions;
        internal byte* License;
        internal uint LogLevel;
        internal uint LogSize;
        internal byte* Log;
        internal uint KernelVersion;
        internal uint Flags;
    }

    /// <summary>The first fields of union bpf_attr for BPF_PROG_ATTACH.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct AttachArguments
    {
        internal uint Target;
        internal uint Program;
        internal uint Type;
        internal uint Flags;
    }
}
