using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace LayerPS.TestShell;

/// <summary>Two things that a console host must tell the engine, and that the engine lets pwsh alone tell it.</summary>
internal static class EngineAccess
{
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Makes <c>exit</c> in the next script file end the session, and not that file only.</summary>
    internal static void LetExitEndSession(Runspace runspace)
    {
        var context = typeof(Runspace).GetProperty("ExecutionContext", Inner)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Inner)!.SetValue(context, true);
    }

    /// <summary>An error that Out-Default shows as one that came down the error stream.</summary>
    internal static PSObject AsWrittenError(ErrorRecord error)
    {
        var written = new PSObject(error);
        var stream = typeof(PSObject).GetProperty("WriteStream", Inner)!;
        stream.SetValue(written, Enum.Parse(stream.PropertyType, "Error"));
        return written;
    }
}
