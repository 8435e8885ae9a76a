namespace LayerPS.Runtime.Init;

/// <summary>The container's own part of the start failed: its command, its user, its directory.</summary>
internal sealed class StartException(int exitCode, string message) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;
}
