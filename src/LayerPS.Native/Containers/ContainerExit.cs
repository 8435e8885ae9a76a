namespace LayerPS;

/// <summary>How a container's run ended.</summary>
public sealed record ContainerExit
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The container's id.</summary>
    public required string Id { get; init; }

    /// <summary>128 + n after signal n; 126 or 127 when it could not be started; null when nobody saw the end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it; 0 for none.</summary>
    public int Signal { get; init; }

    /// <summary>Why it ended.</summary>
    public ContainerExitReason ExitReason { get; init; }

    /// <summary>Why it could not be started.</summary>
    public string? Error { get; init; }

    /// <summary>When it ended; null for one that never ran.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <exception cref="EngineException">
    /// ContainerStartFailed, ContainerLost: it did not end by what its command did.
    /// </exception>
    internal void ThrowIfBroken()
    {
        if (ExitReason == ContainerExitReason.StartFailed)
        {
            throw new EngineException(
                EngineErrors.ContainerStartFailed, $"The container '{Container}' could not be started: {Error}", Container);
        }

        if (ExitReason == ContainerExitReason.Lost)
        {
            throw new EngineException(
                EngineErrors.ContainerLost, $"Nobody saw how the container '{Container}' ended.", Container);
        }
    }

    /// <exception cref="EngineException">ContainerExitCode: it ended with another one than 0.</exception>
    internal void ThrowIfNotZero()
    {
        if (ExitCode == 0) return;
        string signal = Signal == 0 ? "" : $", by signal {Signal}";
        throw new EngineException(
            EngineErrors.ContainerExitCode, $"The container '{Container}' ended with exit code {ExitCode}{signal}.", Container);
    }
}
