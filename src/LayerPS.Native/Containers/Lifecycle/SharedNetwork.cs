using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>
/// Containers that see the network of another one: they join its network namespace when they start, and have its host
/// name, /etc/hosts and /etc/resolv.conf.
/// </summary>
internal static class SharedNetwork
{
    /// <summary>Finds the other container, and gives the new one its host name.</summary>
    /// <exception cref="EngineException">
    /// ContainerNotFound, ContainerNameAmbiguous; ContainerOptionInvalid: what is asked for besides belongs to the other.
    /// </exception>
    internal static ContainerOptions Resolve(StoreLayout layout, ContainerOptions options)
    {
        if (options.NetworkContainer is not { } text) return options;
        if (options.Hostname is not null || options.ExtraHosts.Count > 0)
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid,
                $"A container that shares the network of '{text}' has that one's host name and hosts, and none of its own.",
                text, "Leave -Hostname and -AddHost out, or give them to the other container.");
        }

        if (new ContainerResolver(layout).FindId(text) is null && text == options.Name)
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid, $"The container '{text}' cannot share its own network.", text,
                "Name another container, or use -Network None or Host.");
        }

        Container other = new ContainerResolver(layout).Resolve(text);
        return options with { NetworkContainer = other.Id, Hostname = other.Config.Hostname };
    }

    /// <summary>The directory with the files that name the container and its network.</summary>
    internal static string DirectoryOf(StoreLayout layout, Container container)
    {
        string directory = container.Directory;
        string? id = container.Config.NetworkContainer;
        while (id is not null && new ContainerReader(layout).TryReadRecord(id) is { } other)
        {
            directory = layout.Container(id);
            id = other.Config.NetworkContainer;
        }

        return directory;
    }
}
