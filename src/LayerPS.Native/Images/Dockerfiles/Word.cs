namespace LayerPS.Dockerfiles;

/// <summary>A piece of an instruction as it is written, quotes and variables included.</summary>
/// <param name="Raw">The text.</param>
/// <param name="Line">The instruction that it is in.</param>
/// <param name="Offset">Where it begins there.</param>
internal sealed record Word(string Raw, InstructionLine Line, int Offset)
{
    internal TextPosition At => Line.PositionOf(Offset);

    /// <summary>DockerfileInvalid at a character of this word.</summary>
    internal EngineException Fault(string what, int within = 0) => Line.Fault(Offset + within, what);

    /// <summary>The part from a character on.</summary>
    internal Word From(int within) => new(Raw[within..], Line, Offset + within);

    internal Word Part(int start, int length) => new(Raw.Substring(start, length), Line, Offset + start);

    /// <summary>The words of a text, which blanks part unless they are quoted or escaped.</summary>
    /// <param name="line">The instruction.</param>
    /// <param name="start">Where to begin.</param>
    internal static List<Word> Split(InstructionLine line, int start)
    {
        List<Word> words = [];
        string text = line.Text;
        for (int i = start; i < text.Length;)
        {
            if (IsBlank(text[i]))
            {
                i++;
                continue;
            }

            int end = EndOf(text, i, line.Escape);
            words.Add(new Word(text[i..end], line, i));
            i = end;
        }

        return words;
    }

    internal static bool IsBlank(char c) => c is ' ' or '\t';

    // A quote that is never closed reaches to the end; whoever takes the quotes away says so.
    private static int EndOf(string text, int start, char escape)
    {
        char quote = '\0';
        int i = start;
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (c == escape && quote != '\'') i++;
            else if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (IsBlank(c)) break;
        }

        return Math.Min(i, text.Length);
    }
}
