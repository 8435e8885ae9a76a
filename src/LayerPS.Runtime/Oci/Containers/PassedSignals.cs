using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>What a person or a supervisor sends to this program is meant for the process in the container.</summary>
internal sealed class PassedSignals : IDisposable
{
    private static readonly PosixSignal[] Passed =
    [
        PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM, PosixSignal.SIGTSTP,
        (PosixSignal)LibC.SIGUSR1, (PosixSignal)LibC.SIGUSR2,
    ];

    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="pid">A child that is not waited for before this is disposed, so that its number is its own.</param>
    internal PassedSignals(int pid) => _registrations = [.. Passed.Select(signal => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _ = LibC.kill(pid, NumberOf(context.Signal));
    }))];

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
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
