using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>
/// Completes the names of the containers that the command can do something with, with what they are as the tooltip.
/// </summary>
public sealed class ContainerNameCompleter : IArgumentCompleter
{
    private static readonly ContainerState[] Alive =
        [ContainerState.Running, ContainerState.Paused, ContainerState.Restarting];

    // What is not here takes a container in any state.
    private static readonly Dictionary<string, ContainerState[]> States = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-ContainerProcess"] = [ContainerState.Running, ContainerState.Paused],
        ["Invoke-ContainerCommand"] = [ContainerState.Running],
        ["Measure-Container"] = [ContainerState.Running, ContainerState.Paused],
        ["Resume-Container"] = [ContainerState.Paused],
        ["Send-ContainerSignal"] = Alive,
        ["Start-Container"] = [ContainerState.Created, ContainerState.Exited],
        ["Stop-Container"] = Alive,
        ["Suspend-Container"] = [ContainerState.Running],
        ["Wait-Container"] = Alive,
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        // The name may have the module before it.
        ContainerState[]? states = States.GetValueOrDefault(commandName.Split('\\')[^1]);
        return NameCompletion.Of(wordToComplete, () => ContainerEngine.Open().Containers.List()
            .Where(container => states is null || states.Contains(container.State))
            .Select(static container => (container.Name, $"{container.Name} {container.Image}, {container.Status}")));
    }
}
