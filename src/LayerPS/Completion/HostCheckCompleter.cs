using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the names of the host's checks.</summary>
public sealed class HostCheckCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        NameCompletion.Of(wordToComplete, static () => ContainerHost.CheckNames.Select(static name => (name, name)));
}
