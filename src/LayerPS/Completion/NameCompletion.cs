using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completion of a word by names that the engine knows.</summary>
internal static class NameCompletion
{
    /// <param name="word">What was typed, perhaps with a quote before it.</param>
    /// <param name="names">Gives each name with its tooltip.</param>
    internal static IEnumerable<CompletionResult> Of(string word, Func<IEnumerable<(string Name, string Tip)>> names)
    {
        char quote = word.Length > 0 && word[0] is '\'' or '"' ? word[0] : '\0';
        string start = word.Trim('\'', '"');
        List<CompletionResult> found = [];
        try
        {
            foreach ((string name, string tip) in names())
            {
                if (!name.StartsWith(start, StringComparison.OrdinalIgnoreCase)) continue;
                found.Add(new CompletionResult(Quote(name, quote), name, CompletionResultType.ParameterValue, tip));
            }
        }
        catch (Exception)
        {
            // There is no place on a command line for an error; the command itself will tell it.
        }

        return found;
    }

    private static string Quote(string name, char quote) => quote switch
    {
        '"' => $"\"{name}\"",
        '\'' => $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'",
        _ => name,
    };
}
