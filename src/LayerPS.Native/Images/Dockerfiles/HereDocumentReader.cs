namespace LayerPS.Dockerfiles;

/// <summary>Finds the words that announce here-documents; RUN, COPY and ADD may have them, also after ONBUILD.</summary>
internal static class HereDocumentReader
{
    private static readonly string[] Takers = ["RUN", "COPY", "ADD"];
    // What ends a word in a shell, so that `cat <<EOF|sh` has the delimiter EOF.
    private const string ShellOperators = "|&;<>()";

    internal static IEnumerable<HereDocumentStart> AnnouncedIn(InstructionLine line)
    {
        if (!line.Text.Contains("<<", StringComparison.Ordinal)) return [];
        List<Word> words = Word.Split(line, 0);
        int taker = Is(words[0], "ONBUILD") ? 1 : 0;
        return words.Count > taker && Takers.Any(name => Is(words[taker], name))
            ? words.Skip(taker + 1).Select(TryRead).OfType<HereDocumentStart>()
            : [];
    }

    private static bool Is(Word word, string keyword) => word.Raw.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private static HereDocumentStart? TryRead(Word word)
    {
        ReadOnlySpan<char> rest = word.Raw.AsSpan().TrimStart("0123456789");
        if (!rest.StartsWith("<<")) return null;
        rest = rest[2..];
        bool stripTabs = rest.StartsWith("-");
        if (stripTabs) rest = rest[1..];
        System.Text.StringBuilder name = new();
        bool quoted = false;
        for (int i = 0; i < rest.Length && !ShellOperators.Contains(rest[i], StringComparison.Ordinal); i++)
        {
            if (rest[i] is '"' or '\'')
            {
                int end = rest[(i + 1)..].IndexOf(rest[i]);
                if (end < 0) return null;
                name.Append(rest.Slice(i + 1, end));
                i += end + 1;
                quoted = true;
            }
            else if (rest[i] == word.Line.Escape && i + 1 < rest.Length)
            {
                name.Append(rest[++i]);
                quoted = true;
            }
            else
            {
                name.Append(rest[i]);
            }
        }

        return name.Length == 0 ? null : new HereDocumentStart(name.ToString(), !quoted, stripTabs, word);
    }
}
