using System.Globalization;

namespace LayerPS.Dockerfiles;

/// <summary>The lines of a Dockerfile, and what it is called in messages.</summary>
internal sealed class DockerfileText
{
    private const int ShownColumns = 100;

    internal DockerfileText(string name, string content)
    {
        Name = name;
        Lines = content.TrimStart('\ufeff').Split('\n').Select(static line => line.TrimEnd('\r')).ToArray();
    }

    internal string Name { get; }

    internal string[] Lines { get; }

    /// <summary>DockerfileInvalid: file, line and column, what is wrong, and the line with a mark under it.</summary>
    internal EngineException Fault(TextPosition at, string what) => new(
        EngineErrors.DockerfileInvalid, $"{Place(at)}: {what}{Environment.NewLine}{Show(at)}", Name);

    internal string Place(TextPosition at) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}:{at.Line}:{at.Column}");

    private string Show(TextPosition at)
    {
        string line = at.Line <= Lines.Length ? Lines[at.Line - 1] : "";
        int column = Math.Min(at.Column - 1, line.Length);
        int from = Math.Max(0, column - ShownColumns);
        string shown = line.Substring(from, Math.Min(line.Length - from, 2 * ShownColumns));
        string number = at.Line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        // Tabs stay tabs under the line, so that the mark stands where the terminal puts the character.
        string indent = new([.. shown.Take(column - from).Select(static c => c == '\t' ? '\t' : ' ')]);
        return $"{number} | {shown}{Environment.NewLine}      | {indent}^";
    }
}
