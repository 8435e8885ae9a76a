using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the platforms that images are usually made for.</summary>
public sealed class PlatformCompleter : IArgumentCompleter
{
    private static readonly string[] Usual =
    [
        "linux/386", "linux/amd64", "linux/arm/v6", "linux/arm/v7", "linux/arm64", "linux/ppc64le", "linux/riscv64",
        "linux/s390x",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        NameCompletion.Of(wordToComplete, static () => Usual.Select(static name => (name, name)));
}
