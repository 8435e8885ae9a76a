namespace LayerPS.Runtime.Oci.Arguments;

/// <summary>The options of one command and what follows them, as a command line has them.</summary>
internal sealed class OptionSet
{
    private readonly Dictionary<string, List<string>> _given = [];

    private OptionSet()
    {
    }

    /// <summary>What is no option: the container, the command.</summary>
    internal List<string> Rest { get; } = [];

    internal bool Has(string name) => _given.TryGetValue(name, out List<string>? values) && values[^1] != "false";

    /// <summary>The value that was given last; null for none.</summary>
    internal string? Value(string name) => _given.TryGetValue(name, out List<string>? values) ? values[^1] : null;

    internal IReadOnlyList<string> Values(string name) => _given.GetValueOrDefault(name) ?? [];

    internal int Number(string name, int absent) =>
        Value(name) is not { } text ? absent
        : int.TryParse(text, out int number) ? number : throw new OciException($"--{name}: '{text}' is no number.");

    internal long? Long(string name) =>
        Value(name) is not { } text ? null
        : long.TryParse(text, out long number) ? number : throw new OciException($"--{name}: '{text}' is no number.");

    /// <param name="arguments">The words.</param>
    /// <param name="flags">Options without a value: their names, each with its letter behind it where it has one (<c>force f</c>).</param>
    /// <param name="values">Options with one.</param>
    /// <param name="interspersed">Options may follow what is none, as they do not where a command of the container's follows.</param>
    /// <exception cref="OciException">There is no such option, or its value is missing.</exception>
    internal static OptionSet Parse(
        ReadOnlySpan<string> arguments, ReadOnlySpan<string> flags, ReadOnlySpan<string> values, bool interspersed = true)
    {
        OptionSet parsed = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            string word = arguments[i];
            bool isOption = word.Length > 1 && word[0] == '-';
            if (word == "--")
            {
                parsed.Rest.AddRange(arguments[(i + 1)..]);
                break;
            }

            if (!isOption)
            {
                parsed.Rest.Add(word);
                if (interspersed) continue;
                parsed.Rest.AddRange(arguments[(i + 1)..]);
                break;
            }

            string[] parts = word.TrimStart('-').Split('=', 2);
            if (NameOf(flags, parts[0]) is { } flag) parsed.Add(flag, parts.Length == 2 ? parts[1] : "true");
            else if (NameOf(values, parts[0]) is not { } name) throw new OciException($"There is no option '{word}'.");
            else if (parts.Length == 2) parsed.Add(name, parts[1]);
            else if (++i < arguments.Length) parsed.Add(name, arguments[i]);
            else throw new OciException($"The option '{word}' takes a value.");
        }

        return parsed;
    }

    private void Add(string name, string value)
    {
        if (!_given.TryGetValue(name, out List<string>? values)) _given[name] = values = [];
        values.Add(value);
    }

    private static string? NameOf(ReadOnlySpan<string> known, string written)
    {
        foreach (string option in known)
        {
            string[] names = option.Split(' ');
            if (names.Contains(written)) return names[0];
        }

        return null;
    }
}
