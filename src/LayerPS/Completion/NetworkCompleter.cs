using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LayerPS.Identities;

namespace LayerPS.Completion;

/// <summary>Completes the networks that a container can have: None, Host, and those of the containers that run.</summary>
public sealed class NetworkCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) => NameCompletion.Of(wordToComplete, static () =>
            Enum.GetNames<ContainerNetwork>().Select(static name => (name, name)).Concat(
                ContainerEngine.Open().Containers.List().Where(static container => container.Pid is not null)
                    .Select(static container => (NetworkIdentity.ContainerPrefix + container.Name, container.Status))));
}
