namespace LayerPS.Dockerfiles;

/// <summary>The flags of one instruction.</summary>
internal sealed class InstructionFlags
{
    private readonly List<InstructionFlag> _flags = [];

    /// <summary>Takes the flags from the beginning of the words.</summary>
    /// <param name="keyword">The instruction.</param>
    /// <param name="words">Its words; those that are flags are taken away.</param>
    /// <param name="known">The names that this instruction has; with a star at the end where one may stand several times.</param>
    /// <exception cref="EngineException">DockerfileInvalid: it has no such flag, or has it twice.</exception>
    internal static InstructionFlags Take(string keyword, List<Word> words, params string[] known)
    {
        InstructionFlags flags = new();
        while (words.Count > 0 && words[0].Raw.StartsWith("--", StringComparison.Ordinal))
        {
            Word whole = words[0];
            words.RemoveAt(0);
            if (whole.Raw == "--") break;
            int equals = whole.Raw.IndexOf('=', StringComparison.Ordinal);
            string name = (equals < 0 ? whole.Raw : whole.Raw[..equals])[2..];
            flags.Add(keyword, new InstructionFlag(name, equals < 0 ? null : whole.From(equals + 1), whole), known);
        }

        return flags;
    }

    internal InstructionFlag? this[string name] => _flags.FirstOrDefault(flag => flag.Name == name);

    internal IEnumerable<InstructionFlag> All(string name) => _flags.Where(flag => flag.Name == name);

    internal bool IsOn(string name) => this[name]?.IsOn ?? false;

    private void Add(string keyword, InstructionFlag flag, string[] known)
    {
        if (known.Contains(flag.Name))
        {
            if (this[flag.Name] is not null) throw flag.Whole.Fault($"--{flag.Name} is given twice");
        }
        else if (!known.Contains(flag.Name + "*"))
        {
            string[] names = [.. known.Select(static name => name.TrimEnd('*'))];
            string? nearest = NearestName.Of(flag.Name, names);
            string has = names.Length == 0 ? "has no flags" : $"has {string.Join(", ", names.Select(static n => "--" + n))}";
            throw flag.Whole.Fault(
                $"{keyword} has no flag '--{flag.Name}'"
                + (nearest is null ? $"; it {has}" : $". Did you mean '--{nearest}'?"));
        }

        _flags.Add(flag);
    }
}
