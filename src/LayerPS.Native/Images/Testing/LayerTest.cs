using LayerPS.Archives;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>
/// Tests a layer by writing its tar again, which must have the digest that was recorded, and by unpacking that tar once
/// more, which must give the same files.
/// </summary>
internal sealed class LayerTest(StoreLayout layout)
{
    private readonly LayerStore _layers = new(layout);

    /// <returns>What is wrong, in sentences.</returns>
    internal IReadOnlyList<string> Run(string id, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            LayerRecord layer = _layers.Read(id);
            if (layer.Parent is { } parent) _layers.Read(parent);
            UnpackOptions options = UnpackOptions.Layer with { TrailingData = true };
            List<string> problems = Run(layer, options, progress, cancellationToken);
            if (problems.Count == 0 || layer.Parent is not null) return problems;

            // A base may come from the tar of a root file system, in which no name deletes anything.
            List<string> others = Run(layer, options with { Whiteouts = false }, progress, cancellationToken);
            return others.Count < problems.Count ? others : problems;
        }
        catch (EngineException e)
        {
            return [e.Message];
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            return [$"It cannot be read: {e.Message}"];
        }
    }

    private List<string> Run(
        LayerRecord layer, UnpackOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        string files = layout.LayerFiles(layer.Id);
        using StagedLayer again = TarPipe.Run(
            (tar, stop) =>
            {
                using FileStream split = File.OpenRead(layout.LayerTarSplit(layer.Id));
                LayerTar.Rebuild(files, split, tar, stop, padded: true);
            },
            tar => _layers.Stage(tar, layer.Parent, options, progress, cancellationToken), cancellationToken);
        using SafeFileHandle recorded = FileTree.OpenDirectory(again.Files), found = FileTree.OpenDirectory(files);
        List<string> problems = LayerDifference.Describe(recorded, found, started, cancellationToken);
        if (again.DiffId != layer.DiffId)
        {
            string where = problems.Count > 0 ? "" : " The bytes of a file are others, though its size and time are right.";
            problems.Insert(0, $"The digest of its tar is {again.DiffId}, where {layer.DiffId} was recorded.{where}");
        }

        return problems;
    }
}
