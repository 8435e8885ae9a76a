using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Monitor;
using LayerPS.Runtime.Oci.Arguments;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Hooks;

/// <summary>Runs hooks one after the other, with the container's state on their standard input (runtime-spec, config.md, "Hooks").</summary>
internal static class HookRun
{
    private const int StandardInput = 0;

    /// <param name="point">Where in the life of the container, for messages.</param>
    /// <param name="hooks">The hooks, in their order.</param>
    /// <param name="state">What they read.</param>
    /// <exception cref="OciException">One could not be run, failed, or took too long; those behind it did not run.</exception>
    internal static void RunAll(string point, IReadOnlyList<RuntimeHook> hooks, byte[] state)
    {
        foreach (RuntimeHook hook in hooks) Run(point, hook, state);
    }

    /// <summary>As <see cref="RunAll"/>; one that fails is told, and the others run.</summary>
    internal static void RunAllAnyhow(string point, IReadOnlyList<RuntimeHook> hooks, byte[] state, Action<string> warn)
    {
        foreach (RuntimeHook hook in hooks)
        {
            try
            {
                Run(point, hook, state);
            }
            catch (OciException failure)
            {
                warn(failure.Message);
            }
        }
    }

    private static void Run(string point, RuntimeHook hook, byte[] state)
    {
        int status = Execute(point, hook, state);
        int exitCode = ChildStatus.ExitCodeOf(status);
        if (exitCode != 0) throw new OciException($"The {point} hook '{hook.Path}' failed: it ended with {exitCode}.");
    }

    private static int Execute(string point, RuntimeHook hook, byte[] state)
    {
        if (!File.Exists(hook.Path)) throw new OciException($"The {point} hook '{hook.Path}' is not there.");
        int pid = Start(hook, state);
        if (hook.Timeout is not { } seconds) return ChildStatus.Wait(pid);

        int process = ProcessHandle.OpenDescriptor(pid);
        bool ended = DescriptorPoll.Wait([process], TimeSpan.FromSeconds(seconds), CancellationToken.None);
        Descriptors.Close(process);
        if (!ended) _ = LibC.kill(pid, LibC.SIGKILL);
        int status = ChildStatus.Wait(pid);
        return ended ? status : throw new OciException($"The {point} hook '{hook.Path}' took longer than {seconds} s.");
    }

    private static int Start(RuntimeHook hook, byte[] state)
    {
        using SafeFileHandle input = MemoryFile.Create("state");
        RandomAccess.Write(input, state, 0);
        int own = Descriptors.Copy(StandardInput);
        Descriptors.Duplicate(input.Number(), StandardInput);
        try
        {
            return ChildProcess.Start(hook.Path, hook.Args is { Count: > 0 } args ? args : [hook.Path], hook.Env, 0, cgroup: -1);
        }
        finally
        {
            Descriptors.Duplicate(own, StandardInput);
            Descriptors.Close(own);
        }
    }
}
