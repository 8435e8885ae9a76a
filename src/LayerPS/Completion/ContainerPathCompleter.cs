using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LayerPS.Arguments;
using LayerPS.Identities;

namespace LayerPS.Completion;

/// <summary>Completes CONTAINER:PATH with what is in the container, and paths of the host.</summary>
public sealed class ContainerPathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        string side = parameterName.Equals("Destination", StringComparison.OrdinalIgnoreCase) ? "ToContainer" : "FromContainer";
        if (fakeBoundParameters[side] is { } given) return NameCompletion.Of(wordToComplete, () => Files("", NameOf(given), word));
        (string? container, string path) = ContainerPath.Split(word);
        if (container is not null) return NameCompletion.Of(wordToComplete, () => Files(container + ':', container, path));
        return NameCompletion.Of(wordToComplete, Containers).Concat(CompletionCompleters.CompleteFilename(wordToComplete));
    }

    private static IEnumerable<(string, string)> Containers() => ContainerEngine.Open().Containers.List()
        .Select(static container => (container.Name + ':', $"{container.Name} {container.Image}, {container.Status}"));

    private static IEnumerable<(string, string)> Files(string prefix, string container, string path)
    {
        ContainerCollection containers = ContainerEngine.Open().Containers;
        string directory = path[..(path.LastIndexOf('/') + 1)];
        foreach ((string name, bool isDirectory) in containers.ListFiles(containers.Resolve(container), directory))
        {
            string found = $"{prefix}{(directory.Length == 0 ? "/" : directory)}{name}{(isDirectory ? "/" : "")}";
            // A person who has not begun with the root means it.
            string shown = path.Length > 0 && directory.Length == 0 ? prefix + found[(prefix.Length + 1)..] : found;
            yield return (shown, found);
        }
    }

    private static string NameOf(object given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        Container container => container.Id,
        ContainerIdentity identity => identity.ToString(),
        IEnumerable items and not string => items.Cast<object>().Select(NameOf).First(),
        var other => $"{other}",
    };
}
