namespace LayerPS.Tests.Runtime;

/// <summary>How a command of the runtime ended.</summary>
internal sealed record OciResult(int ExitCode, string Output, string Error);
