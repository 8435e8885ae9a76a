using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the names of capabilities.</summary>
public sealed class CapabilityCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        NameCompletion.Of(
            wordToComplete, static () => ContainerCollection.CapabilityNames.Select(static name => (name, name)));
}
