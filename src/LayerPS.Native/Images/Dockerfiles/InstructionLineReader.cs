namespace LayerPS.Dockerfiles;

/// <summary>
/// Joins the lines of a Dockerfile to instructions (Dockerfile reference, "Format"): the escape character at the end
/// continues a line; comments and empty lines are taken out, also between continued ones; blanks before an instruction
/// do not count.
/// </summary>
internal sealed class InstructionLineReader(DockerfileText file, char escape, int firstLine)
{
    private int _next = firstLine;

    internal IEnumerable<InstructionLine> Read()
    {
        while (_next < file.Lines.Length)
        {
            if (IsNothing(file.Lines[_next]))
            {
                _next++;
                continue;
            }

            InstructionLine line = Join();
            line.HereDocuments = [.. HereDocumentReader.AnnouncedIn(line).Select(ReadHereDocument)];
            yield return line;
        }
    }

    private InstructionLine Join()
    {
        InstructionLine line = new(file, escape);
        for (bool first = true; _next < file.Lines.Length; _next++)
        {
            string text = file.Lines[_next];
            if (IsNothing(text)) continue;
            int start = first ? text.Length - text.AsSpan().TrimStart().Length : 0;
            int end = ContinuationOf(text);
            line.Append(text.AsSpan(start, (end < 0 ? text.Length : end) - start), new TextPosition(_next + 1, start + 1));
            first = false;
            if (end >= 0) continue;
            _next++;
            break;
        }

        return line;
    }

    private HereDocument ReadHereDocument(HereDocumentStart start)
    {
        System.Text.StringBuilder content = new();
        for (; _next < file.Lines.Length; _next++)
        {
            string text = start.StripTabs ? file.Lines[_next].TrimStart('\t') : file.Lines[_next];
            if (text == start.Name)
            {
                _next++;
                return new HereDocument(
                    start.Name, content.ToString(), start.Expand, start.StripTabs, start.Word.Raw, start.Word.At);
            }

            content.Append(text).Append('\n');
        }

        throw start.Word.Fault($"the here-document has no end: a line with nothing but '{start.Name}' was expected");
    }

    private static bool IsNothing(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart();
        return trimmed.IsEmpty || trimmed[0] == '#';
    }

    // Where the escape character stands that continues the line; -1 for none. One that is escaped itself does not.
    private int ContinuationOf(string text)
    {
        int last = text.AsSpan().TrimEnd(" \t").Length - 1;
        return last >= 0 && text[last] == escape && (last == 0 || text[last - 1] != escape) ? last : -1;
    }
}
