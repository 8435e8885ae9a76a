namespace LayerPS;

/// <summary>Something that a step of a build may see and nobody else: read when a step wants it, and written down nowhere.</summary>
public sealed class BuildSecret
{
    private readonly Func<byte[]> _read;

    private BuildSecret(string id, Func<byte[]> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id;
        _read = read;
    }

    /// <summary>What the Dockerfile calls it.</summary>
    public string Id { get; }

    /// <summary>The content itself.</summary>
    public static BuildSecret Of(string id, byte[] content) => new(id, () => content);

    /// <summary>The content of a file of this machine.</summary>
    public static BuildSecret OfFile(string id, string path) => new(id, () => ReadFile(id, path));

    /// <summary>The value of a variable of this process.</summary>
    public static BuildSecret OfVariable(string id, string name) => new(
        id, () => Environment.GetEnvironmentVariable(name) is { } value
            ? System.Text.Encoding.UTF8.GetBytes(value)
            : throw Missing(id, $"there is no variable '{name}'", null));

    /// <summary>Its id; never its content.</summary>
    public override string ToString() => Id;

    /// <exception cref="EngineException">BuildSourceNotFound.</exception>
    internal byte[] Read() => _read();

    private static byte[] ReadFile(string id, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Missing(id, e.Message, e);
        }
    }

    private static EngineException Missing(string id, string why, Exception? inner) =>
        new(EngineErrors.BuildSourceNotFound, $"The secret '{id}' cannot be read: {why}.", id, inner: inner);
}
