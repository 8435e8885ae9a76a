using System.Text;
using LayerPS.Images;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Copies files and trees into, out of and between containers.</summary>
internal sealed class FileCopy(StoreLayout layout)
{
    /// <exception cref="EngineException">
    /// ContainerItemNotFound, ContainerItemRefused, ContainerNotFound, ContainerRunning.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was copied by then stays.</exception>
    internal ContainerItemCopy Run(
        FileLocation from, FileLocation to, ContainerCopyOptions options, CancellationToken cancellationToken)
    {
        using FilePlace source = FilePlace.Open(layout, from, writable: false, cancellationToken);
        using FileSource content = FileSource.Open(source, options.FollowLink);
        using FilePlace place = FilePlace.Open(layout, to, writable: true, cancellationToken);
        using FileTarget target = FileTarget.Find(place, content);
        CheckApart(source, place, target);
        uint? owner = options.Archive ? null : 0;
        TreeWriter writer = new(target.Root, new CopyAttributes(owner, owner, null))
        {
            Place = place.Owner,
            Refusal = EngineErrors.ContainerItemRefused,
            Stop = cancellationToken,
        };
        content.CopyTo(writer, Encoding.UTF8.GetBytes(target.Path), target.IsContentOnly, cancellationToken);
        return new ContainerItemCopy
        {
            Source = from.ToString(), Destination = target.Describe(), Files = writer.Files, Size = writer.Size,
        };
    }

    // A directory that is copied into itself has no end.
    private static void CheckApart(FilePlace source, FilePlace place, FileTarget target)
    {
        if (source.Location.Container is not { } container || container.Id != place.Location.Container?.Id) return;
        if (!(target.Path + '/').StartsWith(source.Path.Length == 0 ? "" : source.Path + '/', StringComparison.Ordinal)) return;
        throw new EngineException(
            EngineErrors.ContainerItemRefused, $"'{source.Location}' cannot be copied into itself.", source.Location.ToString());
    }
}
