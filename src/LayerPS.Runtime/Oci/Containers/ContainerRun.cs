using LayerPS.Linux;
using LayerPS.Runtime.Monitor;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Configuration;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>A container in the foreground, from its creation to its end.</summary>
internal sealed class ContainerRun(GlobalOptions global, OciLog log)
{
    /// <returns>How its command ended, as shells have it.</returns>
    internal int Run(string id, CreationOptions options, bool keep)
    {
        bool terminal = SpecificationFile.Read(Path.GetFullPath(options.Bundle)).Spec.Process.Terminal && options.ConsoleSocket is null;
        (int own, int passed) = terminal ? LocalSockets.Pair() : (-1, -1);
        int pid = new ContainerCreation(global, log).Create(id, terminal ? options with { Console = passed } : options);
        int status;
        using (new PassedSignals(pid))
        {
            StartOrClear(global, log, id);
            if (terminal) new ForegroundTerminal(LocalSockets.ReceiveDescriptor(own)).Relay(pid);
            status = ChildStatus.Wait(pid);
        }

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
}
