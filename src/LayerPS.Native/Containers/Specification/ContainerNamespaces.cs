using System.Globalization;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Which namespaces a container has of its own, and which of another container.</summary>
internal static class ContainerNamespaces
{
    /// <param name="layout">The store.</param>
    /// <param name="container">The container.</param>
    /// <param name="annotations">Gets the ids of the others, see <see cref="RuntimeSpec.NamespaceAnnotation"/>.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning: another cannot be joined.</exception>
    internal static RuntimeNamespace[] Of(StoreLayout layout, Container container, Dictionary<string, string> annotations)
    {
        ContainerConfig config = container.Config;
        List<RuntimeNamespace> namespaces = [Own("mount"), Own("cgroup")];
        if (config.UserNamespace is not null) namespaces.Add(Own("user"));
        Add("pid", config.PidMode, "processes", "-PidMode");
        Add("ipc", config.IpcMode, "shared memory", "-IpcMode");
        Add("uts", config.UtsMode, "host name", "-UtsMode");
        Add("network", NetworkMode(config), "network", "-Network");
        return [.. namespaces];

        void Add(string type, string? mode, string words, string parameter)
        {
            if (mode is null)
            {
                namespaces.Add(Own(type));
            }
            else if (NamespaceMode.Parse(mode).Container is { } id)
            {
                annotations[RuntimeSpec.NamespaceAnnotation + type] = id;
                int pid = RequirePid(layout, container, id, words, parameter);
                string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/{Namespaces.FileOf(type)}");
                namespaces.Add(new RuntimeNamespace { Type = type, Path = path });
            }
        }
    }

    private static string? NetworkMode(ContainerConfig config) =>
        config.NetworkContainer is { } id ? NamespaceMode.OfContainer(id)
        : config.Network == ContainerNetwork.Host ? NamespaceMode.Host : null;

    private static RuntimeNamespace Own(string type) => new() { Type = type };

    private static int RequirePid(StoreLayout layout, Container container, string id, string words, string parameter)
    {
        string subject = $"The container '{container.Name}' shares the {words} of the container";
        Container other = new ContainerReader(layout).TryRead(id) ?? throw new EngineException(
            EngineErrors.ContainerNotFound, $"{subject} {Container.ShortIdOf(id)}, which was removed.", container.Name,
            $"Make a twin of it with another one: New-Container {container.Name} {parameter} Container:NAME");
        return other.Pid ?? throw new EngineException(
            EngineErrors.ContainerNotRunning, $"{subject} '{other.Name}', which does not run.", container.Name,
            $"Start that one first: Start-Container {other.Name}");
    }
}
