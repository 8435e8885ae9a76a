using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LayerPS.Completion;

/// <summary>Completes the names of the images there are, with what they are as the tooltip.</summary>
public sealed class ImageNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        NameCompletion.Of(wordToComplete, static () => ContainerEngine.Open().Images.List().SelectMany(
            static image => image.References,
            static (image, name) => (name, $"{name} {image.ShortId}, {Views.ViewText.Size(image.Size)}")));
}
