namespace LayerPS;

/// <summary>Without which nothing works.</summary>
internal static class HostRequirements
{
    internal static readonly Version MinimumKernel = new(5, 11);

    /// <exception cref="EngineException">HostNotRoot, HostNotSupported.</exception>
    internal static void Check() => Check(Environment.IsPrivilegedProcess, Environment.OSVersion.Version);

    /// <param name="isRoot">Whether this process may do everything.</param>
    /// <param name="kernel">The version of the kernel.</param>
    /// <exception cref="EngineException">HostNotRoot, HostNotSupported.</exception>
    internal static void Check(bool isRoot, Version kernel)
    {
        if (!isRoot)
        {
            throw new EngineException(
                EngineErrors.HostNotRoot, "Containers need root: their mounts and namespaces are the kernel's privilege.");
        }

        if (kernel < MinimumKernel)
        {
            throw new EngineException(
                EngineErrors.HostNotSupported,
                $"This kernel is Linux {kernel}; containers need {MinimumKernel} or later.");
        }
    }
}
