using System.Management.Automation;

namespace LayerPS.TestShell.Interactive;

/// <summary>A line with history, cursor keys and Tab; Ctrl+C gives the line up, Ctrl+D ends the session.</summary>
internal sealed class LineEditor(Func<string, int, CommandCompletion> complete)
{
    private readonly List<string> _history = [];
    private string _prompt = string.Empty;
    private string _line = string.Empty;
    private int _cursor;
    private int _recalled;
    private CommandCompletion? _completion;

    /// <returns>The line, empty when it was given up, or null at the end of input.</returns>
    internal string? ReadLine(string prompt)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine();
        (_prompt, _line, _cursor, _recalled, _completion) = (prompt, string.Empty, 0, _history.Count, null);
        Console.TreatControlCAsInput = true;
        try
        {
            Draw();
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                var control = (key.Modifiers & ConsoleModifiers.Control) != 0;
                if (key.Key == ConsoleKey.Enter)
                    return Accept();
                if (control && key.Key == ConsoleKey.C)
                    return GiveUp();
                if (control && key.Key == ConsoleKey.D && _line.Length == 0)
                    return End();
                Edit(key, control);
                Draw();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private string Accept()
    {
        Console.WriteLine();
        if (_line.Length > 0 && (_history.Count == 0 || _history[^1] != _line))
            _history.Add(_line);
        return _line;
    }

    private static string GiveUp()
    {
        Console.WriteLine("^C");
        return string.Empty;
    }

    private static string? End()
    {
        Console.WriteLine();
        return null;
    }

    private void Edit(ConsoleKeyInfo key, bool control)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            CompleteWord(forward: (key.Modifiers & ConsoleModifiers.Shift) == 0);
            return;
        }

        _completion = null;
        switch (key.Key)
        {
            case ConsoleKey.Backspace when _cursor > 0:
                _line = _line.Remove(--_cursor, 1);
                break;
            case ConsoleKey.Delete when _cursor < _line.Length:
                _line = _line.Remove(_cursor, 1);
                break;
            case ConsoleKey.LeftArrow when _cursor > 0:
                _cursor--;
                break;
            case ConsoleKey.RightArrow when _cursor < _line.Length:
                _cursor++;
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                _cursor = 0;
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                _cursor = _line.Length;
                break;
            case ConsoleKey.U when control:
                (_line, _cursor) = (_line[_cursor..], 0);
                break;
            case ConsoleKey.UpArrow when _recalled > 0:
                Recall(_recalled - 1);
                break;
            case ConsoleKey.DownArrow when _recalled < _history.Count:
                Recall(_recalled + 1);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _line = _line.Insert(_cursor++, key.KeyChar.ToString());
                break;
        }
    }

    private void Recall(int index)
    {
        _recalled = index;
        _line = index < _history.Count ? _history[index] : string.Empty;
        _cursor = _line.Length;
    }

    private void CompleteWord(bool forward)
    {
        _completion ??= complete(_line, _cursor);
        if (_completion.GetNextResult(forward) is not { } result)
            return;
        _line = _line.Remove(_completion.ReplacementIndex, _completion.ReplacementLength)
            .Insert(_completion.ReplacementIndex, result.CompletionText);
        _completion.ReplacementLength = result.CompletionText.Length;
        _cursor = _completion.ReplacementIndex + result.CompletionText.Length;
    }

    private void Draw()
    {
        var back = _line.Length - _cursor;
        Console.Write($"\r\e[J{_prompt}{_line}" + (back > 0 ? $"\e[{back}D" : string.Empty));
    }
}
