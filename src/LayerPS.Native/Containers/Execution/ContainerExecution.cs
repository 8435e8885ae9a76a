using System.Diagnostics;
using System.Globalization;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Runs further commands in a running container.</summary>
internal sealed class ContainerExecution(StoreLayout layout)
{
    // Longer than the runtime takes to kill a command; only one that is frozen lives on, and dies when it thaws.
    private static readonly TimeSpan PatienceAfterEnd = TimeSpan.FromSeconds(1);

    /// <returns>How it ended; also when it could not be started.</returns>
    /// <exception cref="EngineException">As for <see cref="ContainerCollection.Execute"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the command has ended.</exception>
    internal CommandResult Run(
        Container container, CommandOptions options, IEnumerable<ReadOnlyMemory<byte>>? input,
        Action<ContainerLogEntry>? output, CancellationToken cancellationToken)
    {
        container = Require(container);
        List<string> said = [], warned = [];
        output ??= entry => (entry.Stream == LogStream.StandardOutput ? said : warned).Add(entry.Text);
        using CommandTerminal? terminal = options.Tty ? CommandTerminal.Open(container) : null;
        using CommandInput? standardInput =
            terminal is not null ? CommandInput.Into(terminal, input ?? []) : input is null ? null : CommandInput.Piped(input);
        using CommandOutput standardOutput = new(container.Name, LogStream.StandardOutput, output, terminal);
        using CommandOutput standardError = new(container.Name, LogStream.StandardError, output);
        List<string> exitCode = [];
        using CommandOutput end = new(container.Name, LogStream.StandardOutput, entry => exitCode.Add(entry.Text));
        ExecutionPlan plan = ExecutionPlans.Make(container, options, SessionOf(
            standardInput?.CommandEnd, standardOutput.CommandEnd, standardError.CommandEnd, end.CommandEnd));

        long began = Stopwatch.GetTimestamp();
        using Process runtime = RuntimeProgram.Start(["execute"]);
        CommandResult result = Describe(container, options, Begin(runtime, plan));
        if (result.StartError is not null) return result;
        foreach (CommandOutput stream in (ReadOnlySpan<CommandOutput>)[standardOutput, standardError, end])
            stream.CloseCommandEnd();
        standardInput?.Start();
        Follow(runtime, standardOutput, standardError, end, cancellationToken);
        return result with
        {
            ExitCode = ParseExitCode(container, exitCode),
            Output = said,
            Error = warned,
            Duration = Stopwatch.GetElapsedTime(began),
        };
    }

    /// <summary>Runs one for a person at a terminal, in a terminal of the container.</summary>
    /// <returns>How it ended; exit code 0 when the person left it, which ends it.</returns>
    /// <exception cref="EngineException">As for <see cref="ContainerCollection.Execute"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the command has ended.</exception>
    internal CommandResult RunInTerminal(
        Container container, CommandOptions options, HostTerminal terminal, DetachKeys keys,
        CancellationToken cancellationToken)
    {
        container = Require(container);
        options = options with { Tty = true };
        using CommandTerminal inside = CommandTerminal.Open(container);
        Terminals.SetSize(inside.Master, terminal.Size);
        List<string> exitCode = [];
        using CommandOutput end = new(container.Name, LogStream.StandardOutput, entry => exitCode.Add(entry.Text));
        ExecutionPlan plan = ExecutionPlans.Make(
            container, options, SessionOf(input: null, inside.Peer, inside.Peer, end.CommandEnd));

        long began = Stopwatch.GetTimestamp();
        using Process runtime = RuntimeProgram.Start(["execute"]);
        CommandResult result = Describe(container, options, Begin(runtime, plan));
        if (result.StartError is not null) return result;
        end.CloseCommandEnd();
        bool ended = false;
        try
        {
            TerminalSession session = new(terminal, keys);
            ended = session.Run(inside.Master, inside.Master, listens: true, end.Descriptor, cancellationToken);
        }
        finally
        {
            // Ends the command where it goes on.
            runtime.StandardInput.Close();
            runtime.WaitForExit(PatienceAfterEnd);
        }

        end.Finish();
        return result with
        {
            ExitCode = ended ? ParseExitCode(container, exitCode) : 0,
            Duration = Stopwatch.GetElapsedTime(began),
        };
    }

    /// <returns>Exit code 0; or why it could not be started.</returns>
    /// <exception cref="EngineException">As for <see cref="ContainerCollection.Execute"/>.</exception>
    internal CommandResult RunDetached(Container container, CommandOptions options)
    {
        container = Require(container);
        ExecutionPlan plan = ExecutionPlans.Make(container, options, session: null);
        using Process runtime = RuntimeProgram.Start(["execute"]);
        return Describe(container, options, Begin(runtime, plan));
    }

    private Container Require(Container container)
    {
        container = new ContainerReader(layout).Read(container);
        ContainerStateRules.Require(container, ContainerAction.Execute);
        return container;
    }

    private static ExecutionSession SessionOf(int? input, int output, int error, int end) => new()
    {
        Pid = Environment.ProcessId,
        StartTime = ProcessHandle.StartTimeOf(Environment.ProcessId)!.Value,
        Input = input,
        Output = output,
        Error = error,
        End = end,
    };

    private static CommandResult Describe(Container container, CommandOptions options, ExecutionStart start) => new()
    {
        Container = container.Name,
        Command = options.Command,
        ExitCode = start.ExitCode,
        StartError = start.Error,
        Duration = TimeSpan.Zero,
    };

    private static ExecutionStart Begin(Process runtime, ExecutionPlan plan)
    {
        try
        {
            runtime.StandardInput.BaseStream.Write(plan.ToLine());
            runtime.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            // It ended before it had read all; what it said tells why.
        }

        var start = ExecutionStart.Parse(runtime.StandardOutput.ReadLine());
        if (start.Error is not null) runtime.WaitForExit();
        return start;
    }

    private static void Follow(
        Process runtime, CommandOutput output, CommandOutput error, CommandOutput end, CancellationToken cancellationToken)
    {
        try
        {
            while (end.Descriptor >= 0)
            {
                DescriptorPoll.Wait(
                    [output.Descriptor, error.Descriptor, end.Descriptor], Timeout.InfiniteTimeSpan, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                // Whether it has ended is asked before its output is read, so that nothing is missed that it wrote last.
                end.Read();
                output.Read();
                error.Read();
            }

            output.Finish();
            error.Finish();
        }
        finally
        {
            // Ends the command where it goes on, as when nobody wants what it says any more.
            runtime.StandardInput.Close();
            runtime.WaitForExit(PatienceAfterEnd);
        }
    }

    private static int ParseExitCode(Container container, List<string> lines) =>
        lines is [var line] && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            ? code
            : throw new EngineException(
                EngineErrors.ContainerCommandFailed,
                $"The program that watched the command in the container '{container.Name}' was killed.", container.Name);
}
