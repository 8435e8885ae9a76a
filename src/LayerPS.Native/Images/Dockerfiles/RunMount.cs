namespace LayerPS.Dockerfiles;

/// <summary>
/// One <c>--mount=type=…,key=value,…</c> of RUN (Dockerfile reference, "RUN --mount"). Variables in the values are not
/// yet put in.
/// </summary>
/// <param name="Type">bind, cache, tmpfs or secret.</param>
/// <param name="Options">The other options by the longest of their names; a switch without value is "true".</param>
/// <param name="Word">All of it.</param>
internal sealed record RunMount(string Type, IReadOnlyDictionary<string, Word> Options, Word Word)
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["bind"] = ["target", "source", "from", "readwrite", "readonly"],
        ["cache"] = ["id", "target", "readonly", "readwrite", "sharing", "from", "source", "mode", "uid", "gid"],
        ["tmpfs"] = ["target", "size"],
        ["secret"] = ["id", "target", "env", "required", "mode", "uid", "gid"],
    };

    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["dst"] = "target", ["destination"] = "target", ["src"] = "source", ["ro"] = "readonly", ["rw"] = "readwrite",
    };

    internal Word? this[string option] => Options.GetValueOrDefault(option);

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static RunMount Read(Word word)
    {
        Dictionary<string, Word> options = [];
        string? type = null;
        int start = 0;
        foreach (string part in Unquoted(word).Raw.Split(','))
        {
            Word piece = new(part, word.Line, word.Offset + start);
            start += part.Length + 1;
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = (equals < 0 ? part : part[..equals]).ToLowerInvariant();
            Word value = equals < 0 ? piece with { Raw = "true" } : piece.From(equals + 1);
            if (name == "type") type = value.Raw.ToLowerInvariant();
            else if (!options.TryAdd(Synonyms.GetValueOrDefault(name, name), value))
                throw piece.Fault($"'{name}' is given twice");
        }

        type ??= "bind";
        if (type == "ssh") throw word.Fault("RUN --mount=type=ssh is not supported; give a key as a secret instead");
        if (!Known.TryGetValue(type, out string[]? known))
            throw word.Fault($"'{type}' is no type of a mount; bind, cache, tmpfs and secret are");
        foreach ((string name, Word value) in options)
        {
            if (known.Contains(name)) continue;
            string? nearest = NearestName.Of(name, known.Concat(Synonyms.Keys));
            throw value.Fault(
                $"a mount of type {type} has no '{name}'"
                + (nearest is null ? $"; it has {string.Join(", ", known)}" : $". Did you mean '{nearest}'?"));
        }

        if (type is not "secret" && !options.ContainsKey("target")) throw word.Fault($"a mount of type {type} wants target=…");
        return new RunMount(type, options, word);
    }

    // The whole may stand in quotes, as a shell would have it.
    private static Word Unquoted(Word word) =>
        word.Raw is ['"' or '\'', .., var last] && last == word.Raw[0] ? word.Part(1, word.Raw.Length - 2) : word;
}
