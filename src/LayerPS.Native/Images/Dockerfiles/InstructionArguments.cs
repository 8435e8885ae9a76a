using System.Text.Json;

namespace LayerPS.Dockerfiles;

/// <summary>What follows an instruction's keyword: flags, and then words, a JSON array, or a text.</summary>
internal sealed class InstructionArguments
{
    /// <summary>For instructions whose arguments may begin with dashes.</summary>
    internal static readonly string[] NoFlags = ["*"];

    private readonly int _start;
    private readonly int _keywordOffset;

    /// <param name="line">The line.</param>
    /// <param name="keyword">As it is written.</param>
    /// <param name="start">Where it stands.</param>
    /// <param name="flags">The flags that it has, see <see cref="InstructionFlags.Take"/>; or <see cref="NoFlags"/>.</param>
    /// <exception cref="EngineException">DockerfileInvalid: a flag is wrong.</exception>
    internal InstructionArguments(InstructionLine line, string keyword, int start, string[] flags)
    {
        Line = line;
        Keyword = keyword.ToUpperInvariant();
        _keywordOffset = start;
        List<Word> words = Word.Split(line, start + keyword.Length);
        Flags = flags == NoFlags ? new InstructionFlags() : InstructionFlags.Take(Keyword, words, flags);
        _start = words.Count > 0 ? words[0].Offset : line.Text.Length;
        Words = words;
    }

    internal InstructionLine Line { get; }

    internal string Keyword { get; }

    internal InstructionFlags Flags { get; }

    internal IReadOnlyList<Word> Words { get; }

    /// <summary>All that follows the flags, as one word.</summary>
    internal Word Text => new(Line.Text[_start..].TrimEnd(), Line, _start);

    /// <exception cref="EngineException">DockerfileInvalid: there are no arguments.</exception>
    internal InstructionArguments NotEmpty(string expected)
    {
        if (Words.Count > 0 || Line.HereDocuments.Count > 0) return this;
        throw Line.Fault(_keywordOffset, $"{Keyword} wants {expected}");
    }

    /// <summary>The strings of a JSON array; null where the arguments are none.</summary>
    internal IReadOnlyList<string>? TryJson()
    {
        string text = Text.Raw;
        if (!text.StartsWith('[')) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
                ? [.. json.RootElement.EnumerateArray().Select(static item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The strings of a JSON array as words, or else the words.</summary>
    internal IReadOnlyList<Word> JsonOrWords() =>
        TryJson() is { } json ? [.. json.Select(text => Text with { Raw = Quote(text) })] : Words;

    internal CommandForm Command()
    {
        if (TryJson() is { } json) return new CommandForm(json, IsShell: false);
        return new CommandForm([Text.Raw], IsShell: true);
    }

    /// <summary>The whole instruction in one line.</summary>
    internal string ToText()
    {
        string rest = Line.Text[(_keywordOffset + Keyword.Length)..].Trim();
        return rest.Length == 0 ? Keyword : $"{Keyword} {rest}";
    }

    /// <summary>The here-documents below the instruction, as they were written.</summary>
    internal string HereDocumentText() =>
        string.Concat(Line.HereDocuments.Select(static document => $"\n{document.Content}{document.Name}"));

    internal EngineException Fault(string what) => Line.Fault(_keywordOffset, what);

    // Variables are put into the strings of an array too, but blanks and quotes in them are text.
    private string Quote(string text) =>
        '"' + string.Concat(text.Select(c => c == '"' ? $"{Line.Escape}\"" : c.ToString())) + '"';
}
