using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Whose namespaces a new container is to have, when it is not its own.</summary>
internal static class SharedOptions
{
    /// <summary>The same options with the other containers by their ids, since a name can go to another one.</summary>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNameAmbiguous, ContainerOptionInvalid.</exception>
    internal static ContainerOptions Resolve(StoreLayout layout, ContainerOptions options)
    {
        ContainerResolver containers = new(layout);
        string? Pinned(string? mode) => NamespaceMode.Pin(mode, name => containers.Resolve(name).Id);
        options = options with
        {
            PidMode = Pinned(options.PidMode), IpcMode = Pinned(options.IpcMode), UtsMode = Pinned(options.UtsMode),
        };
        if (options is { UtsMode: not null, Hostname: not null })
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid,
                $"A container that shares a host name has none of its own to be '{options.Hostname}'.", options.Hostname,
                "Leave -Hostname or -UtsMode out.");
        }

        options = SharedNetwork.Resolve(layout, options);
        if (options.UtsMode is not { } uts) return options;
        string? hostname = NamespaceMode.Parse(uts).Container is { } other
            ? containers.Resolve(other).Config.Hostname
            : ContainerHostname.OfHost();
        return options with { Hostname = hostname };
    }
}
