using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>What a process sets about itself before it executes another program, and the execution.</summary>
internal static unsafe partial class ProgramExecution
{
    private const int SetParentDeathSignal = 1;
    private const int SetDumpable = 4;
    private const int SetNameOfThread = 15;
    private const int SetNoNewPrivileges = 38;
    private const int SignalCount = 65;

    internal static void DenyNewPrivileges()
    {
        if (Control(SetNoNewPrivileges, 1) < 0) throw LinuxException.FromLastError("prctl(PR_SET_NO_NEW_PRIVS)");
    }

    /// <summary>
    /// Closes this process's /proc/PID/exe, fd, root and so on to all who may not trace any process (ptrace(2),
    /// PR_SET_DUMPABLE(2const)); until the next execution.
    /// </summary>
    internal static void DenyDump()
    {
        if (Control(SetDumpable, 0) < 0) throw LinuxException.FromLastError("prctl(PR_SET_DUMPABLE)");
    }

    /// <summary>The name of this thread in lists of processes, of 15 bytes at most (PR_SET_NAME(2const)).</summary>
    internal static void SetName(ReadOnlySpan<byte> name)
    {
        fixed (byte* text = NullTerminated.From(Encoding.UTF8.GetString(name))) _ = Control(SetNameOfThread, (nuint)text);
    }

    /// <summary>Ends this process at once, see _exit(2).</summary>
    [DoesNotReturn]
    internal static void End(int exitCode)
    {
        _exit(exitCode);
        throw new UnreachableException();
    }

    /// <summary>
    /// Has the kernel kill this process when the thread that started it ends. A change of user or capabilities undoes it
    /// (PR_SET_PDEATHSIG(2const)), so it comes after them.
    /// </summary>
    internal static void DieWithParent()
    {
        if (Control(SetParentDeathSignal, (nuint)LibC.SIGKILL) < 0) throw LinuxException.FromLastError("prctl(PR_SET_PDEATHSIG)");
    }

    /// <summary>
    /// Becomes that user and those groups; this thread alone, which is the one that executes next. The wrappers of glibc would
    /// stop every other thread to change it too. Groups first: the user may have no right to change them.
    /// </summary>
    internal static void SetUser(uint user, uint group, IReadOnlyList<uint> additionalGroups)
    {
        uint* groups = stackalloc uint[additionalGroups.Count];
        for (int i = 0; i < additionalGroups.Count; i++) groups[i] = additionalGroups[i];
        if (SystemCall.Invoke(SystemCall.SetGroups, additionalGroups.Count, (nint)groups) < 0)
            throw LinuxException.FromLastError("setgroups");
        if (SystemCall.Invoke(SystemCall.SetResGid, (nint)group, (nint)group, (nint)group) < 0)
            throw LinuxException.FromLastError("setresgid");
        if (SystemCall.Invoke(SystemCall.SetResUid, (nint)user, (nint)user, (nint)user) < 0)
            throw LinuxException.FromLastError("setresuid");
    }

    /// <summary>
    /// Gives every signal its default action and blocks none. Execution resets handlers but keeps ignored signals
    /// ignored, and .NET ignores SIGPIPE.
    /// </summary>
    internal static void ResetSignals()
    {
        for (int signal = 1; signal < SignalCount; signal++) _ = SetSignalAction(signal, 0);
        sigset_t none;
        _ = sigemptyset(&none);
        _ = sigprocmask(SIG_SETMASK, &none, null);
    }

    /// <summary>Makes a write to a pipe that nobody reads an error (EPIPE) instead of the end of this process.</summary>
    internal static void IgnoreBrokenPipes() => _ = SetSignalAction(SIGPIPE, (nint)SIG_IGN);

    /// <summary>Replaces this program. Returns only when it failed, with the error number.</summary>
    internal static int TryExecute(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        using var argv = new NativeStringArray(arguments);
        using var envp = new NativeStringArray(environment);
        fixed (byte* program = NullTerminated.From(path))
        {
            _ = execve(program, argv.Pointer, envp.Pointer);
        }

        return Marshal.GetLastPInvokeError();
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, nuint b = 0, nuint c = 0, nuint d = 0);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint SetSignalAction(int signal, nint action);
}
