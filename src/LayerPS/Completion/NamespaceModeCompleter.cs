using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes whose namespace a container has.</summary>
public sealed class NamespaceModeCompleter : IArgumentCompleter
{
    private static readonly string[] Modes = ["Host", "Private"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        NameCompletion.Of(
            wordToComplete, static () => Modes.Concat(RunningContainers()).Select(static mode => (mode, mode)));

    private static IEnumerable<string> RunningContainers() => ContainerEngine.Open().Containers.List()
        .Where(static container => container.State == ContainerState.Running)
        .Select(static container => "Container:" + container.Name);
}
