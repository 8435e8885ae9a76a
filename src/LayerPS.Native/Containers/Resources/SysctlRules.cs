namespace LayerPS.Containers;

/// <summary>Which parameters of the kernel a container can have of its own: those of namespaces that are its own.</summary>
internal static class SysctlRules
{
    private const string Network = "net.", Queues = "fs.mqueue.";

    // See ipc_namespaces(7).
    private static readonly string[] Shared =
    [
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni",
        "kernel.shm_rmid_forced",
    ];

    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static void Check(ContainerOptions options)
    {
        foreach (string name in options.Sysctls.Keys)
        {
            if (!name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/') || name.Contains(".."))
                throw Invalid(name, $"'{name}' is no name of a parameter of the kernel.");
            bool network = name.StartsWith(Network, StringComparison.Ordinal);
            if (!network && !name.StartsWith(Queues, StringComparison.Ordinal) && !Shared.Contains(name))
            {
                throw Invalid(
                    name, $"'{name}' is the whole machine's: a container can have its own net.*, fs.mqueue.*, kernel.msg*, " +
                    "kernel.sem and kernel.shm*.");
            }

            bool isOwn = network
                ? options.Network != ContainerNetwork.Host && options.NetworkContainer is null
                : options.IpcMode is null;
            if (!isOwn) throw Invalid(name, $"'{name}' is not the container's own, as it shares what that belongs to.");
        }
    }

    private static EngineException Invalid(string name, string message) =>
        new(EngineErrors.ContainerOptionInvalid, message, name);
}
