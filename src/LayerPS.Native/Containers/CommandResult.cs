namespace LayerPS;

/// <summary>What a command in a running container said, and how it ended.</summary>
public sealed record CommandResult
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>128 + n after signal n; 126 or 127 when it could not be started, 125 when that was LayerPS' fault.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The lines of its standard output; empty where somebody listened to them.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The lines of its standard error; empty where somebody listened to them.</summary>
    public IReadOnlyList<string> Error { get; init; } = [];

    /// <summary>From its start to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Why it could not be started; null when it could.</summary>
    public string? StartError { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Output);

    /// <exception cref="EngineException">ContainerCommandFailed: it could not be started.</exception>
    internal void ThrowIfBroken()
    {
        if (StartError is null) return;
        throw new EngineException(
            EngineErrors.ContainerCommandFailed,
            $"The command could not be started in the container '{Container}': {StartError}", Container);
    }

    /// <exception cref="EngineException">ContainerExitCode: it ended with another one than 0.</exception>
    internal void ThrowIfNotZero()
    {
        if (ExitCode == 0) return;
        throw new EngineException(
            EngineErrors.ContainerExitCode,
            $"The command '{Command[0]}' in the container '{Container}' ended with exit code {ExitCode}.", Container);
    }
}
