namespace LayerPS.Dockerfiles;

/// <summary>A word such as <c>&lt;&lt;EOF</c>, which announces a here-document.</summary>
/// <param name="Name">The delimiter without its quotes.</param>
/// <param name="Expand">Whether it had no quotes.</param>
/// <param name="StripTabs">Whether it begins with <c>&lt;&lt;-</c>.</param>
/// <param name="Word">The word.</param>
internal sealed record HereDocumentStart(string Name, bool Expand, bool StripTabs, Word Word);
