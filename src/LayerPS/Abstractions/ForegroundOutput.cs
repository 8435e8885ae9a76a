using System.Management.Automation;

namespace LayerPS.Abstractions;

/// <summary>How a command that a cmdlet stays with shows what it says and how it ends.</summary>
internal static class ForegroundOutput
{
    /// <summary>What docker and podman exit with when the failure is theirs and not the command's.</summary>
    internal const int EngineFailure = 125;

    // PowerShell shows information with this tag also where the preference is to be silent.
    private static readonly string[] ErrorTags = ["stderr", "PSHOST"];

    /// <summary>Standard output is output; standard error is information, as one line of warning would end a pipeline.</summary>
    internal static void WriteLine(this Cmdlet cmdlet, ContainerLogEntry entry)
    {
        if (entry.Stream == LogStream.StandardOutput) cmdlet.WriteObject(entry.Text);
        else cmdlet.WriteInformation(entry.Text, ErrorTags);
    }

    /// <summary>True where a person sits at a terminal, and neither input nor output of the process is another thing.</summary>
    internal static bool HasTerminal => Containers.HostTerminal.TryOpen() is not null;

    /// <exception cref="EngineException">HostTerminalMissing.</exception>
    internal static void RequireTerminal() => _ = Containers.HostTerminal.Open();

    /// <summary>Looks at the keys also where there is no terminal that they could leave.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static void CheckDetachKeys(string? keys) => _ = Containers.DetachKeys.Parse(keys);

    internal static void SetExitCode(this PSCmdlet cmdlet, int exitCode) =>
        cmdlet.SessionState.PSVariable.Set("global:LASTEXITCODE", exitCode);
}
