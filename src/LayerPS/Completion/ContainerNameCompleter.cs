using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the names of the containers there are, with what they are as the tooltip.</summary>
public class ContainerNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompletion.Of(wordToComplete, () => ContainerEngine.Open().Containers.List().Where(Fits).Select(
            static container => (container.Name, $"{container.Name} {container.Image}, {container.Status}")));

    /// <summary>Whether the command could do anything with that container.</summary>
    protected virtual bool Fits(Container container) => true;
}
