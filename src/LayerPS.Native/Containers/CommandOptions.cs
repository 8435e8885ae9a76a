namespace LayerPS;

/// <summary>A further command for a running container. What is null or empty is as the container runs with.</summary>
public sealed record CommandOptions
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>KEY=VALUE, added to the container's; KEY alone takes the variable out.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The directory that the command starts in; made where it is missing.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>user[:group], by name or number.</summary>
    public string? User { get; init; }

    /// <summary>It has a terminal for its standard streams; what goes to standard error is standard output as well then.</summary>
    public bool Tty { get; init; }
}
