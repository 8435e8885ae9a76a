using LayerPS.Runtime.Init;
using LayerPS.Runtime.Oci.Arguments;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>What a stage could not do, in the words that engines look for to know a missing command from the rest.</summary>
internal static class StartRefusal
{
    internal static OciException Of(StartFailure failure, int exitCode = 1) => new(failure.ExitCode switch
    {
        StartFailure.NotFound => failure.Message + " (executable file not found in $PATH: no such file or directory)",
        StartFailure.NotExecutable => failure.Message + " (permission denied)",
        _ => failure.Message,
    }, exitCode);
}
