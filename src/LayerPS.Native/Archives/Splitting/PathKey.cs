namespace LayerPS.Archives;

/// <summary>A path made of bytes, as a dictionary's key.</summary>
internal readonly struct PathKey(byte[] path) : IEquatable<PathKey>
{
    internal byte[] Path { get; } = path;

    public bool Equals(PathKey other) => Path.AsSpan().SequenceEqual(other.Path);

    public override bool Equals(object? obj) => obj is PathKey other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Path);
        return hash.ToHashCode();
    }
}
