using System.Runtime.InteropServices;
using LayerPS.Linux;
using LayerPS.Runtime.Monitor;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Configuration;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>A container in the foreground, from its creation to its end.</summary>
internal sealed class ContainerRun(GlobalOptions global, OciLog log)
{
    // What a person or a supervisor sends to this program is meant for the container.
    private static readonly PosixSignal[] Passed =
    [
        PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM, PosixSignal.SIGTSTP,
        (PosixSignal)LibC.SIGUSR1, (PosixSignal)LibC.SIGUSR2,
    ];

    /// <returns>How its command ended, as shells have it.</returns>
    internal int Run(string id, CreationOptions options, bool keep)
    {
        bool terminal = SpecificationFile.Read(Path.GetFullPath(options.Bundle)).Spec.Process.Terminal && options.ConsoleSocket is null;
        (int own, int passed) = terminal ? LocalSockets.Pair() : (-1, -1);
        int pid = new ContainerCreation(global, log).Create(id, terminal ? options with { Console = passed } : options);
        PosixSignalRegistration[] signals = [.. Passed.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            // It has not been waited for, so its number is its own.
            _ = LibC.kill(pid, NumberOf(context.Signal));
        }))];
        StartOrClear(global, log, id);
        if (terminal) new ForegroundTerminal(LocalSockets.ReceiveDescriptor(own)).Relay(pid);
        int status = ChildStatus.Wait(pid);
        foreach (PosixSignalRegistration signal in signals) signal.Dispose();
        if (!keep) new ContainerDeletion(global, log).Delete(id, force: true);
        return ChildStatus.ExitCodeOf(status);
    }

    /// <summary>Starts it; nothing is left of one that cannot be.</summary>
    internal static void StartOrClear(GlobalOptions global, OciLog log, string id)
    {
        try
        {
            new ContainerStart(global, log).Start(id);
        }
        catch
        {
            new ContainerDeletion(global, log).Delete(id, force: true);
            throw;
        }
    }

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => LibC.SIGHUP,
        PosixSignal.SIGINT => LibC.SIGINT,
        PosixSignal.SIGQUIT => LibC.SIGQUIT,
        PosixSignal.SIGTERM => LibC.SIGTERM,
        PosixSignal.SIGTSTP => LibC.SIGTSTP,
        var other => (int)other,
    };
}
