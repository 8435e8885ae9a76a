using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the names of capabilities.</summary>
public sealed class CapabilityCompleter : IArgumentCompleter
{
    private const string Prefix = "CAP_";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        NameCompletion.Of(wordToComplete, () => Names(wordToComplete).Select(static name => (name, name)));

    // As the word has begun: with the prefix that the kernel has, or without.
    private static IEnumerable<string> Names(string word) =>
        word.TrimStart('\'', '"').StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? ContainerCollection.CapabilityNames
            : ContainerCollection.CapabilityNames.Select(static name => name[Prefix.Length..]).Prepend("ALL");
}
