namespace LayerPS.Dockerfiles;

/// <summary>One instruction as a single line: continued lines joined, comments left out.</summary>
internal sealed class InstructionLine(DockerfileText file, char escape)
{
    private readonly System.Text.StringBuilder _text = new();
    private readonly List<(int Offset, TextPosition At)> _pieces = [];
    private string? _joined;

    internal DockerfileText File => file;

    internal char Escape => escape;

    internal string Text => _joined ??= _text.ToString();

    internal IReadOnlyList<HereDocument> HereDocuments { get; set; } = [];

    internal void Append(ReadOnlySpan<char> piece, TextPosition at)
    {
        _pieces.Add((_text.Length, at));
        _text.Append(piece);
        _joined = null;
    }

    /// <summary>Where the character at an offset of <see cref="Text"/> stands in the file.</summary>
    internal TextPosition PositionOf(int offset)
    {
        (int start, TextPosition at) = _pieces.Last(piece => piece.Offset <= offset);
        return at with { Column = at.Column + offset - start };
    }

    internal EngineException Fault(int offset, string what) => file.Fault(PositionOf(offset), what);
}
