namespace LayerPS;

/// <summary>Without which nothing works.</summary>
internal static class HostRequirements
{
    internal static readonly Version MinimumKernel = new(5, 11);

    /// <exception cref="EngineException">HostNotRoot, HostNotSupported.</exception>
    internal static void Check()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new EngineException(
                EngineErrors.HostNotRoot, "Containers need root: their mounts and namespaces are the kernel's privilege.");
        }

        if (Environment.OSVersion.Version < MinimumKernel)
        {
            throw new EngineException(
                EngineErrors.HostNotSupported,
                $"This kernel is {Environment.OSVersion.Version}; containers need {MinimumKernel} or later.");
        }
    }
}
