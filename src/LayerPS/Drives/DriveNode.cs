namespace LayerPS.Drives;

/// <summary>One place in a drive.</summary>
internal abstract class DriveNode(string name)
{
    /// <summary>Its level in a path, see <see cref="PathSegment"/>.</summary>
    internal string Name { get; } = PathSegment.Encode(name);

    /// <summary>What a person gets there.</summary>
    internal abstract object Item { get; }

    internal virtual bool IsContainer => true;

    /// <summary>It leads to another place, into which a recursion does not go.</summary>
    internal virtual bool IsLink => false;

    internal abstract IEnumerable<DriveNode> Children();

    /// <param name="name">As in a path.</param>
    internal virtual DriveNode? Child(string name) => Children().FirstOrDefault(child => child.Name == name);

    /// <summary>Its bytes; null where it has none.</summary>
    internal virtual Stream? TryOpenRead() => null;
}
