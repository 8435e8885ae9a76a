using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the names of signals, which begin with SIG whether that is typed or not.</summary>
public sealed class SignalCompleter : IArgumentCompleter
{
    private const string Prefix = "SIG";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        bool isWhole = word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || Prefix.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        return NameCompletion.Of(
            isWhole ? word : Prefix + word, static () => ContainerCollection.SignalNames.Select(static name => (name, name)));
    }
}
