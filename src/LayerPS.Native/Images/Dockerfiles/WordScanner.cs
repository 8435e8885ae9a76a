using System.Text;

namespace LayerPS.Dockerfiles;

/// <summary>Reads one word from left to right; see <see cref="WordExpansion"/>.</summary>
internal sealed class WordScanner(Word word, char escape, Func<string, string?> lookup)
{
    private readonly string _raw = word.Raw;
    private readonly StringBuilder _text = new();
    private readonly List<string> _words = [];
    private readonly StringBuilder _word = new();
    private bool _inWord;

    internal int Position { get; set; }

    internal string Text => _text.ToString();

    internal IReadOnlyList<string> Words => _words;

    internal WordScanner ScanAll()
    {
        while (Position < _raw.Length) ScanPiece();
        EndWord();
        return this;
    }

    private void ScanPiece()
    {
        char c = _raw[Position];
        switch (c)
        {
            case '\'':
                Add(SingleQuoted());
                break;
            case '"':
                Add(DoubleQuoted());
                break;
            case '$':
                AddUnquoted(ScanVariable());
                break;
            default:
                if (c == escape && Position + 1 < _raw.Length) c = _raw[++Position];
                Add(c.ToString());
                Position++;
                break;
        }
    }

    private string SingleQuoted()
    {
        int end = _raw.IndexOf('\'', Position + 1);
        if (end < 0) throw word.Fault("the quote ' is not closed", Position);
        string text = _raw[(Position + 1)..end];
        Position = end + 1;
        return text;
    }

    private string DoubleQuoted()
    {
        int start = Position++;
        StringBuilder text = new();
        while (Position < _raw.Length)
        {
            char c = _raw[Position];
            if (c == '"')
            {
                Position++;
                return text.ToString();
            }

            if (c == '$')
            {
                text.Append(ScanVariable());
                continue;
            }

            bool escaped = c == escape && Position + 1 < _raw.Length
                && (_raw[Position + 1] is '"' or '$' || _raw[Position + 1] == escape);
            if (escaped) Position++;
            text.Append(_raw[Position++]);
        }

        throw word.Fault("the quote \" is not closed", start);
    }

    /// <summary>The value of the variable whose dollar sign stands at <see cref="Position"/>.</summary>
    internal string ScanVariable()
    {
        int start = Position++;
        if (Position < _raw.Length && _raw[Position] == '{') return Braced(start);
        string name = ScanName();
        return name.Length == 0 ? "$" : lookup(name) ?? "";
    }

    private string Braced(int start)
    {
        Position++;
        string name = ScanName();
        if (name.Length == 0)
            throw word.Fault("the name of a variable was expected after '${'; a dollar sign that is text is escaped", start);
        if (Position >= _raw.Length) throw word.Fault($"'${{{name}' lacks its '}}'", start);
        if (_raw[Position] == '}')
        {
            Position++;
            return lookup(name) ?? "";
        }

        int modifierAt = Position;
        char modifier = _raw[Position++];
        char second = Position < _raw.Length ? _raw[Position] : '\0';
        bool doubled = modifier is '#' or '%' or '/' && second == modifier;
        bool colon = modifier == ':';
        if (doubled || colon) Position++;
        char effective = colon ? second : modifier;
        if (!(colon ? "-+?" : "-+?#%/").Contains(effective, StringComparison.Ordinal))
        {
            string written = colon && second != '\0' ? $"{modifier}{second}" : $"{modifier}";
            throw word.Fault(
                $"'{written}' is no modifier of a variable; ':-', ':+', ':?', '-', '+', '?', '#', '##', '%', '%%', '/' "
                + "and '//' are", modifierAt);
        }

        return VariableModifier.Apply(
            effective, doubled, lookup(name), colon, () => Operand(start, '}', effective is '#' or '%'),
            () => Operand(start, '/', isPattern: true),
            message => word.Fault($"{name}: {message}", start));
    }

    // What stands up to the closing brace, or up to the slash before a replacement; variables in it are put in.
    private string Operand(int start, char end, bool isPattern)
    {
        StringBuilder text = new();
        while (Position < _raw.Length)
        {
            char c = _raw[Position];
            if (c == end || c == '}')
            {
                // A replacement that is left out is empty.
                if (c == end) Position++;
                return text.ToString();
            }

            switch (c)
            {
                case '$':
                    text.Append(ScanVariable());
                    continue;
                case '\'':
                    text.Append(SingleQuoted());
                    continue;
                case '"':
                    text.Append(DoubleQuoted());
                    continue;
            }

            if (c == escape && Position + 1 < _raw.Length)
            {
                // Patterns want to know what was escaped; there a backslash stands before it.
                char next = _raw[++Position];
                if (isPattern && next != end) text.Append('\\');
                text.Append(next);
                Position++;
                continue;
            }

            text.Append(c);
            Position++;
        }

        throw word.Fault("'${' lacks its '}'", start);
    }

    // Letters, digits and underscores; or digits; or one of the names that only shells give a value.
    private string ScanName()
    {
        int start = Position;
        if (start >= _raw.Length) return "";
        char first = _raw[start];
        if (char.IsAsciiLetter(first) || first == '_')
            while (Position < _raw.Length && (char.IsAsciiLetterOrDigit(_raw[Position]) || _raw[Position] == '_')) Position++;
        else if (char.IsAsciiDigit(first))
            while (Position < _raw.Length && char.IsAsciiDigit(_raw[Position])) Position++;
        else if ("@*#?-$!".Contains(first, StringComparison.Ordinal)) Position++;
        return _raw[start..Position];
    }

    private void Add(string piece)
    {
        _text.Append(piece);
        _word.Append(piece);
        _inWord = true;
    }

    private void AddUnquoted(string value)
    {
        _text.Append(value);
        foreach (char c in value)
        {
            if (c is ' ' or '\t' or '\n')
            {
                EndWord();
                continue;
            }

            _word.Append(c);
            _inWord = true;
        }
    }

    private void EndWord()
    {
        if (_inWord) _words.Add(_word.ToString());
        _word.Clear();
        _inWord = false;
    }
}
