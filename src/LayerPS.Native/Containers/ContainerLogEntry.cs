namespace LayerPS;

/// <summary>One line that a container wrote.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Time">When its first part was written.</param>
/// <param name="Stream">Where to.</param>
/// <param name="Text">The line, without its end; bytes that are not UTF-8 come as U+FFFD.</param>
public sealed record ContainerLogEntry(string Container, DateTimeOffset Time, LogStream Stream, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
