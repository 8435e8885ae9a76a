using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>A filter of system calls as the kernel runs it, see seccomp(2).</summary>
internal static unsafe class SeccompProgram
{
    private const int SetModeFilter = 1;

    /// <summary>The bytes of one struct sock_filter.</summary>
    internal const int InstructionSize = 8;

    /// <summary>
    /// Filters what this thread does from now on, and what it executes. It takes CAP_SYS_ADMIN, or no_new_privs.
    /// </summary>
    /// <param name="program">An array of struct sock_filter.</param>
    internal static void Load(ReadOnlySpan<byte> program)
    {
        fixed (byte* first = program)
        {
            Program whole = new() { Length = (ushort)(program.Length / InstructionSize), Instructions = first };
            if (SystemCall.Invoke(SystemCall.Seccomp, SetModeFilter, 0, (nint)(&whole)) < 0)
                throw LinuxException.FromLastError("seccomp");
        }
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        internal ushort Length;
        internal byte* Instructions;
    }
}
