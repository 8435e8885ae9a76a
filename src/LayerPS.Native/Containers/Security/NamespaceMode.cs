namespace LayerPS.Containers;

/// <summary>Whose namespace a container has, other than its own.</summary>
/// <param name="Container">The container; null for the host.</param>
internal sealed record NamespaceMode(string? Container)
{
    internal const string Host = "Host";
    private const string Prefix = "Container:";

    internal static string OfContainer(string container) => Prefix + container;

    /// <param name="text">Host, or Container:name.</param>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static NamespaceMode Parse(string text) =>
        text.Equals(Host, StringComparison.OrdinalIgnoreCase) ? new NamespaceMode((string?)null) :
        text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && text.Length > Prefix.Length ? new NamespaceMode(text[Prefix.Length..]) :
        throw new EngineException(
            EngineErrors.ContainerOptionInvalid, $"'{text}' is nobody's namespace: give Host, or Container:name.", text);

    /// <summary>The same with the container by its id: a name can go to another one.</summary>
    /// <param name="text">As for <see cref="Parse"/>; null for a namespace of its own.</param>
    /// <param name="idOf">Finds the id of a container.</param>
    /// <exception cref="EngineException">ContainerOptionInvalid; what <paramref name="idOf"/> throws.</exception>
    internal static string? Pin(string? text, Func<string, string> idOf) =>
        string.IsNullOrEmpty(text) || text.Equals("Private", StringComparison.OrdinalIgnoreCase) ? null
        : Parse(text).Container is { } name ? OfContainer(idOf(name)) : Host;
}
