using LayerPS.Archives;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>Makes images of what is on this machine. Everything becomes a tar first, so that there is one way to a layer.</summary>
internal sealed class ImageMaker(StoreLayout layout)
{
    internal Image MakeScratch(ImageReference? name, ImageConfig config, CancellationToken cancellationToken)
    {
        using MemoryStream empty = new();
        using (TarWriter tar = new(empty)) tar.Complete();
        empty.Position = 0;
        using StagedLayer layer = Stage(empty, null, cancellationToken);
        return new ImageWriter(layout).Write(layer, name, config, "New-Image -Scratch", cancellationToken);
    }

    internal Image MakeFromDirectory(
        string path, ImageReference? name, ImageConfig config, IProgress<long>? progress, Action<string>? warning,
        CancellationToken cancellationToken)
    {
        CheckDirectory(path);
        DirectoryTarOptions options = new() { Warning = warning };
        using StagedLayer layer = TarPipe.Run(
            (tar, stop) => DirectoryTar.Write(path, tar, options, stop),
            tar => Stage(tar, progress, cancellationToken), cancellationToken);
        return new ImageWriter(layout).Write(layer, name, config, $"New-Image -FromDirectory {path}", cancellationToken);
    }

    internal Image MakeFromCommands(
        IReadOnlyList<string> commands, ImageReference? name, ImageConfig config, CancellationToken cancellationToken)
    {
        CommandPlan plan = CommandPlan.Make(commands);
        using StagedLayer layer = TarPipe.Run(
            (tar, stop) => plan.Tree.Write(tar, stop),
            tar => Stage(tar, null, cancellationToken), cancellationToken);
        return new ImageWriter(layout).Write(
            layer, name, plan.Complete(config), $"New-Image -FromCommand {string.Join(',', commands)}", cancellationToken);
    }

    private StagedLayer Stage(Stream tar, IProgress<long>? progress, CancellationToken cancellationToken) =>
        new LayerStore(layout).Stage(tar, null, UnpackOptions.RootFileSystem, progress, cancellationToken);

    private void CheckDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            throw File.Exists(path)
                ? new EngineException(
                    EngineErrors.ImageSourceNotFound, $"'{path}' is a file, not a directory.", path,
                    "Use Import-Image for an archive.")
                : new EngineException(EngineErrors.ImageSourceNotFound, $"There is no directory '{path}'.", path);
        }

        using SafeFileHandle source = FileTree.OpenDirectory(path);
        using SafeFileHandle store = FileTree.OpenDirectory(layout.Root);
        ReadOnlySpan<byte> sourcePath = FileTree.PathOf(source).AsSpan().TrimEnd((byte)'/');
        ReadOnlySpan<byte> storePath = FileTree.PathOf(store);
        bool holdsStore = storePath.StartsWith(sourcePath)
            && (storePath.Length == sourcePath.Length || storePath[sourcePath.Length] == '/');
        if (!holdsStore) return;
        throw new EngineException(
            EngineErrors.ImageSourceInvalid,
            $"'{path}' holds the store '{layout.Root}' itself, which would grow while it is copied into itself.", path,
            "Give directories that do not hold the store, or copy what is wanted to another one first.");
    }
}
