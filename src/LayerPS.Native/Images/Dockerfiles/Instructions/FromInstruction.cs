namespace LayerPS.Dockerfiles;

/// <summary><c>FROM [--platform=p] image [AS name]</c>: begins a stage.</summary>
internal sealed record FromInstruction : Instruction
{
    internal required Word Image { get; init; }

    internal Word? Platform { get; init; }

    /// <summary>In lower case; null where it has none.</summary>
    internal string? StageName { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static FromInstruction Read(InstructionArguments arguments)
    {
        IReadOnlyList<Word> words = arguments.NotEmpty("an image, or scratch").Words;
        if (words.Count is not (1 or 3)) throw words[Math.Min(1, words.Count - 1)].Fault("'FROM image' or 'FROM image AS name' was expected");
        string? name = null;
        if (words.Count == 3)
        {
            if (!words[1].Raw.Equals("AS", StringComparison.OrdinalIgnoreCase))
                throw words[1].Fault($"'AS' was expected, not '{words[1].Raw}'");
            name = words[2].Raw.ToLowerInvariant();
            if (!IsName(name))
            {
                throw words[2].Fault(
                    $"'{words[2].Raw}' is no name for a stage: it begins with a letter and goes on with letters, digits, "
                    + "'-', '_' and '.'");
            }

            if (name == "scratch") throw words[2].Fault("a stage cannot be called scratch, which is the empty image");
        }

        return new FromInstruction
        {
            Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
            Image = words[0], StageName = name, Platform = arguments.Flags["platform"]?.Required,
        };
    }

    private static bool IsName(string name) =>
        char.IsAsciiLetterLower(name[0])
        && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');
}
