namespace LayerPS.Dockerfiles;

/// <summary>The lines after an instruction, up to one that has nothing but the delimiter.</summary>
/// <param name="Name">The delimiter.</param>
/// <param name="Content">The lines, each with its end.</param>
/// <param name="Expand">Whether variables are put in: the delimiter was not quoted.</param>
/// <param name="StripTabs">Whether tabs at the beginnings of lines were taken away: <c>&lt;&lt;-</c>.</param>
/// <param name="Word">The word that announced it, as written.</param>
/// <param name="At">Where that word stands.</param>
internal sealed record HereDocument(
    string Name, string Content, bool Expand, bool StripTabs, string Word, TextPosition At);
