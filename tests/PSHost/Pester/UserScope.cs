using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;

namespace LayerPS.TestShell.Pester;

/// <summary>
/// Runs script blocks in the scopes that Pester gives them: a block's set-up in the block's scope, a test in one below.
/// </summary>
internal sealed class UserScope(PSCmdlet cmdlet)
{
    private static readonly string ScriptFile = Path.Combine(AppContext.BaseDirectory, "Pester", "ScriptScope.ps1");

    /// <summary>Does the work in a new scope below the present one.</summary>
    internal void Nest(Action work)
    {
        // Carried past the engine, which would wrap it in an error about the call of the delegate.
        ExceptionDispatchInfo? thrown = null;
        Action guarded = () => thrown = Catch(work);

        // The try makes every terminating error in here reach us; without one, the engine reports some and goes on.
        Run("try { $args[0].Invoke() } catch { throw }", newScope: true, guarded);
        thrown?.Throw();
    }

    /// <summary>Does the work in the scope of a script file, where <c>$script:</c> points to until its end.</summary>
    internal void NestScript(Action work) => Run("& $args[0] $args[1]", newScope: true, ScriptFile, work);

    internal void RunFile(string path) => Run(". $args[0]", newScope: true, path);

    /// <summary>Dot-sources a block here: what it defines stays.</summary>
    internal void Dot(ScriptBlock block, TestData? data)
    {
        var takesParameters = block.Ast is ScriptBlockAst { ParamBlock: not null };
        if (takesParameters && data?.Keys is { } keys)
            Run("$______data = $args[1]; . $args[0] @______data", newScope: false, block, keys);
        else
            Run(". $args[0]", newScope: false, block);
    }

    internal object? Evaluate(string expression)
    {
        var results = cmdlet.InvokeCommand.InvokeScript(false, ScriptBlock.Create(expression), null);
        return results.Count switch
        {
            0 => null,
            1 => results[0]?.BaseObject,
            _ => results.ToArray(),
        };
    }

    internal void Define(TestData? data)
    {
        if (data is null)
            return;
        var variables = cmdlet.SessionState.PSVariable;
        variables.Set("_", data.Item);
        if (data.Keys is not { } keys)
            return;
        foreach (var key in keys.Keys)
            variables.Set(key.ToString(), keys[key]);
    }

    // Output is dropped, as Pester does; errors that end nothing are shown.
    private void Run(string script, bool newScope, params object[] arguments) =>
        cmdlet.InvokeCommand.InvokeScript(script, newScope, PipelineResultTypes.Error, null, arguments);

    private static ExceptionDispatchInfo? Catch(Action work)
    {
        try
        {
            work();
            return null;
        }
#pragma warning disable CA1031 // It is thrown again by the caller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }
}
