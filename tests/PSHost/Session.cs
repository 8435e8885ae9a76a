using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using LayerPS.TestShell.Hosting;
using LayerPS.TestShell.Pester;

namespace LayerPS.TestShell;

/// <summary>One runspace of the PowerShell engine and the ways to run something in it.</summary>
internal sealed class Session : IDisposable
{
    private const int Interrupted = 130;
    private readonly ConsoleHost _host;
    private readonly Runspace _runspace;
    private PowerShell? _running;
    private bool _stopRequested;

    internal Session(ConsoleHost host)
    {
        _host = host;
        var state = InitialSessionState.CreateDefault2();
        StandIn.AddTo(state);
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace = RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        Console.CancelKeyPress += OnCancelKeyPress;
    }

    internal bool ExitRequested => _host.ExitCode is not null;

    internal int ExitCode => _host.ExitCode ?? 0;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKeyPress;
        _runspace.Dispose();
    }

    /// <summary>Runs a script as <c>pwsh -File</c> does: 0 unless it exits with a code or ends by an error.</summary>
    internal int RunFile(string file, IReadOnlyList<string> arguments)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            _host.UI.WriteErrorLine($"The script '{file}' does not exist. Give the path of a .ps1 file after -File.");
            return 64;
        }

        var command = new Command(path, isScript: false, useLocalScope: false);
        foreach (var parameter in ScriptArguments.ToParameters(arguments))
            command.Parameters.Add(parameter);
        EngineAccess.LetExitEndSession(_runspace);
        return Run(command, File.ReadAllText(path)) ? ExitCode : FailureCode;
    }

    /// <summary>Runs commands as <c>pwsh -Command</c> does: 1 also when the last of them failed.</summary>
    internal int RunCommand(string text)
    {
        if (!Run(new Command(text, isScript: true, useLocalScope: false), text))
            return FailureCode;
        return ExitRequested || Question() ? ExitCode : 1;
    }

    /// <summary>Runs one line of the interactive prompt; errors are shown, and the session goes on.</summary>
    internal void RunLine(string text) => Run(new Command(text, isScript: true, useLocalScope: false), text);

    /// <summary>Calls something inside the runspace and returns its objects; nothing is shown.</summary>
    internal Collection<PSObject> Evaluate(string text)
    {
        using var shell = PowerShell.Create(_runspace);
        return shell.AddScript(text).Invoke();
    }

    /// <summary>What Tab can put in place of the word at the cursor.</summary>
    internal CommandCompletion Complete(string line, int cursor)
    {
        using var shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(line, cursor, null, shell);
    }

    private int FailureCode => _host.ExitCode ?? (_stopRequested ? Interrupted : 1);

    private bool Question() => Evaluate("$?") is [{ BaseObject: true }];

    private bool Run(Command command, string text)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.Commands.Commands.Add(command);
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        _stopRequested = false;
        _running = shell;
        try
        {
            // What enters the history also leaves its $? behind.
            shell.Invoke(
                ReadsInput(text) ? StandardInput.Lines() : null,
                new PSInvocationSettings { AddToHistory = true, Host = _host });
            return !_stopRequested;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException e)
        {
            Show(e);
            return false;
        }
        finally
        {
            _running = null;
            _host.Console.EndProgress();
        }
    }

    private void Show(RuntimeException error)
    {
        // Its view is made for a prompt that asks for the rest, and is empty.
        if (error is IncompleteParseException)
        {
            _host.UI.WriteErrorLine(error.Message);
            return;
        }

        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default").Invoke(new[] { EngineAccess.AsWrittenError(error.ErrorRecord) });
    }

    // Standard input becomes $input only where a script looks at it: native commands in it may want it themselves.
    private static bool ReadsInput(string text) =>
        Console.IsInputRedirected && text.Contains("$input", StringComparison.OrdinalIgnoreCase)
        && Parser.ParseInput(text, out _, out _).Find(
            static node => node is VariableExpressionAst { VariablePath.UserPath: var name }
                && name.Equals("input", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: false) is not null;

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs e)
    {
        var running = _running;
        var again = _stopRequested;
        _stopRequested = true;

        // The second one does not wait for a command that does not stop.
        e.Cancel = !again || running is null;
        if (running is not null && !again)
            running.BeginStop(null, null);
    }
}
