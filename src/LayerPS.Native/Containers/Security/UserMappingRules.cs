namespace LayerPS.Containers;

/// <summary>What a container whose root is no root of the host can have besides.</summary>
internal static class UserMappingRules
{
    /// <summary>The range of users as it is written down; null for those of the host.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static string? Check(ContainerOptions options)
    {
        if (options.UserNamespace is not { Length: > 0 } text ||
            text.Equals(NamespaceMode.Host, StringComparison.OrdinalIgnoreCase)) return null;
        var mapping = UserMapping.Parse(text);
        string? other =
            options.Privileged ? "-Privileged" :
            options.PidMode is not null ? "-PidMode" :
            options.IpcMode is not null ? "-IpcMode" :
            options.UtsMode is not null ? "-UtsMode" :
            options.Network == ContainerNetwork.Host || options.NetworkContainer is not null ? "-Network" :
            options.Devices.Count > 0 ? "-Device" : null;
        if (other is null) return mapping.ToString();
        throw new EngineException(
            EngineErrors.ContainerOptionInvalid,
            $"A container with users of its own has namespaces and devices of its own, too: not {other}.", text,
            $"Leave -UserNamespace or {other} out.");
    }
}
