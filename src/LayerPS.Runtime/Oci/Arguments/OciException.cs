namespace LayerPS.Runtime.Oci.Arguments;

/// <summary>What a command of the OCI command line refuses to do, in a sentence for whoever called it.</summary>
internal sealed class OciException(string message, int exitCode = 1) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;
}
