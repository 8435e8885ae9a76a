using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace LayerPS.TestShell.Hosting;

/// <summary>
/// Writes what the engine shows: output to standard output; errors, warnings, the other streams and progress to
/// standard error. Colours and progress only where a terminal shows them.
/// </summary>
internal sealed class ConsoleUserInterface(bool canPrompt) : PSHostUserInterface
{
    private static readonly TextWriter Output = Open(Console.OpenStandardOutput());
    private static readonly TextWriter Error = Open(Console.OpenStandardError());
    private static readonly bool OutputIsTerminal = IsTerminal(Console.IsOutputRedirected);
    private static readonly bool ErrorIsTerminal = IsTerminal(Console.IsErrorRedirected);
    private readonly Lock _gate = new();
    private readonly ProgressLine _progress = new(Error, ErrorIsTerminal && OutputIsTerminal);
    private readonly ConsolePrompts _prompts = new(Output, canPrompt);
    private string? _messageForError;

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface();

    public override bool SupportsVirtualTerminal => OutputIsTerminal;

    internal void EndProgress()
    {
        lock (_gate)
            _progress.Clear();
    }

    public override void Write(string value) => Put(Output, value, newLine: false);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(value);

    public override void WriteLine(string value) => Put(Output, value, newLine: true);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteLine(value);

    public override void WriteErrorLine(string value) => PutMessage(value, "\e[31;1m", string.Empty);

    public override void WriteWarningLine(string message) => PutMessage(message, "\e[33;1m", "WARNING: ");

    public override void WriteVerboseLine(string message) => PutMessage(message, "\e[33;1m", "VERBOSE: ");

    public override void WriteDebugLine(string message) => PutMessage(message, "\e[33;1m", "DEBUG: ");

    /// <summary>
    /// The engine tells of a record here and then writes its text through <see cref="WriteLine(string)"/>. A record
    /// with the tag <c>stderr</c> is what a command wrote to its standard error, so it goes to ours.
    /// </summary>
    public override void WriteInformation(InformationRecord record) =>
        _messageForError = record.Tags.Contains("stderr") ? record.MessageData?.ToString() : null;

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate)
            _progress.Show(record);
    }

    public override string ReadLine() => _prompts.ReadLine();

    public override SecureString ReadLineAsSecureString() => _prompts.ReadSecret();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        _prompts.Ask(caption, message, descriptions);

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _prompts.Choose(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        _prompts.AskCredential(caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        _prompts.AskCredential(caption, message, userName);

    private static bool IsTerminal(bool redirected) =>
        !redirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static StreamWriter Open(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };

    private void PutMessage(string message, string color, string prefix)
    {
        var colored = ErrorIsTerminal && !message.Contains('\e', StringComparison.Ordinal);
        Put(Error, colored ? $"{color}{prefix}{message}\e[0m" : prefix + message, newLine: true);
    }

    private void Put(TextWriter writer, string? text, bool newLine)
    {
        lock (_gate)
        {
            if (_messageForError is { } expected)
            {
                _messageForError = null;
                if (expected == text)
                    writer = Error;
            }

            _progress.Clear();
            text = GetOutputString(text ?? string.Empty, writer == Error ? ErrorIsTerminal : OutputIsTerminal);
            if (newLine)
                writer.WriteLine(text);
            else
                writer.Write(text);
        }
    }
}
