using System.Management.Automation.Language;

namespace LayerPS.TestShell.Interactive;

/// <summary>Reads commands and runs them until <c>exit</c> or the end of input.</summary>
internal sealed class InteractivePrompt(Session session)
{
    internal int Run()
    {
        var editor = new LineEditor(session.Complete);
        while (!session.ExitRequested)
        {
            if (Read(editor) is not { } text)
                break;
            if (!string.IsNullOrWhiteSpace(text))
                session.RunLine(text);
        }

        return session.ExitCode;
    }

    private string? Read(LineEditor editor)
    {
        var text = editor.ReadLine(Prompt());
        while (text is not null && IsIncomplete(text))
        {
            if (editor.ReadLine(">> ") is not { Length: > 0 } more)
                break;
            text += "\n" + more;
        }

        return text;
    }

    private string Prompt() => session.Evaluate("prompt") is [{ } first, ..] ? first.ToString() : "PS> ";

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return Array.Exists(errors, static e => e.IncompleteInput);
    }
}
