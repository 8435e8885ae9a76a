namespace LayerPS.Dockerfiles;

/// <summary>One <c>name=value</c>, not expanded.</summary>
internal sealed record NameValue(Word Name, Word Value)
{
    /// <summary>
    /// The pairs of ENV and LABEL: <c>a=b c=d</c>, or the old form <c>a all the rest</c>, which has one.
    /// </summary>
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static IReadOnlyList<NameValue> ReadAll(InstructionArguments arguments)
    {
        IReadOnlyList<Word> words = arguments.NotEmpty("name=value").Words;
        if (!words[0].Raw.Contains('=', StringComparison.Ordinal))
        {
            if (words.Count == 1)
                throw words[0].Fault($"{arguments.Keyword} wants a value: {words[0].Raw}=…");
            Word text = arguments.Text;
            return [new NameValue(words[0], text.From(words[1].Offset - text.Offset))];
        }

        return [.. words.Select(word => Read(word, arguments.Keyword))];
    }

    /// <exception cref="EngineException">DockerfileInvalid: no equals sign, or no name before it.</exception>
    private static NameValue Read(Word word, string keyword)
    {
        int equals = word.Raw.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw word.Fault(
                $"'{word.Raw}' is no name=value; {keyword} wants quotes around a value with blanks");
        }

        if (equals == 0) throw word.Fault($"the name before '=' is empty");
        return new NameValue(word.Part(0, equals), word.From(equals + 1));
    }
}
