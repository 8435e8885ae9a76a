using System.Management.Automation.Runspaces;

namespace LayerPS.TestShell;

/// <summary>Turns the words after <c>-File script</c> into the script's parameters, as pwsh does.</summary>
internal static class ScriptArguments
{
    internal static IEnumerable<CommandParameter> ToParameters(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (word.Length < 2 || word[0] != '-' || !(char.IsLetter(word[1]) || word[1] == '_'))
                yield return new CommandParameter(null, word);
            else if (colon < 0)
                yield return new CommandParameter(word, null);
            else if (colon < word.Length - 1)
                yield return new CommandParameter(word[1..colon], Value(word[(colon + 1)..]));
            else if (i + 1 < words.Count)
                yield return new CommandParameter(word[1..colon], words[++i]);
            else
                yield return new CommandParameter(word[..colon], null);
        }
    }

    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
