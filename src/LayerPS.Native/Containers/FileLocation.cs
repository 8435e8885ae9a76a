namespace LayerPS;

/// <summary>Where a file or directory is: in a container, or on the host.</summary>
/// <param name="Container">The container; null for the host.</param>
/// <param name="Path">
/// Absolute on the host, below the root in a container. <c>/.</c> at the end means what is in a directory, without itself.
/// </param>
public sealed record FileLocation(Container? Container, string Path)
{
    /// <inheritdoc/>
    public override string ToString() => Container is null ? Path : $"{Container.Name}:/{Path.TrimStart('/')}";
}
