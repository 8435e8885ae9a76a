using System.Text;

namespace LayerPS.Dockerfiles;

/// <summary>
/// Takes the quotes from words and puts in variables, as a shell would (Dockerfile reference, "Environment
/// replacement"). A variable that is not set is empty.
/// </summary>
/// <param name="lookup">The value of a variable; null where it is not set.</param>
internal sealed class WordExpansion(Func<string, string?> lookup)
{
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal string Expand(Word word) => new WordScanner(word, word.Line.Escape, lookup).ScanAll().Text;

    /// <summary>As <see cref="Expand"/>; blanks that come out of a variable without quotes part it into several.</summary>
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal IReadOnlyList<string> ExpandToWords(Word word)
    {
        WordScanner scanner = new WordScanner(word, word.Line.Escape, lookup).ScanAll();
        return scanner.Words;
    }

    /// <summary>Puts variables into a here-document, in which quotes are text.</summary>
    /// <exception cref="EngineException">DockerfileInvalid: where the document is announced.</exception>
    internal string ExpandDocument(HereDocument document, InstructionLine line)
    {
        if (!document.Expand) return document.Content;
        InstructionLine content = new(line.File, line.Escape);
        content.Append(document.Content, document.At);
        StringBuilder result = new();
        string text = document.Content;
        WordScanner scanner = new(new Word(text, content, 0), line.Escape, lookup);
        while (scanner.Position < text.Length)
        {
            char c = text[scanner.Position];
            if (c == '$')
            {
                result.Append(scanner.ScanVariable());
                continue;
            }

            // A variable's sign, or the escape character itself, is text where it is escaped.
            bool escaped = c == line.Escape && scanner.Position + 1 < text.Length
                && (text[scanner.Position + 1] == '$' || text[scanner.Position + 1] == line.Escape);
            if (escaped) scanner.Position++;
            result.Append(text[scanner.Position++]);
        }

        return result.ToString();
    }
}
