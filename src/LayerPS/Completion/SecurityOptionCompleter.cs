using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the security options of a container.</summary>
public sealed class SecurityOptionCompleter : IArgumentCompleter
{
    private static readonly string[] Options = ["no-new-privileges", "seccomp=unconfined", "seccomp="];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        NameCompletion.Of(
            wordToComplete, static () => Options.Select(static option => (option, option)));
}
