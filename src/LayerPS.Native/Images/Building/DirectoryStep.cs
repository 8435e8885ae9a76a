using System.Text;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Images;

/// <summary>WORKDIR: makes the directory where it is missing.</summary>
internal sealed class DirectoryStep(ImageBuild build, StageState state, string path) : IBuildLayer
{
    public IEnumerable<string> KeyParts => [path];

    internal bool IsThere()
    {
        if (path == "/" && state.Image is not null) return true;
        if (state.Image is null) return false;
        using SourceTree tree = SourceTree.OfImage(state.Image);
        int error = FileTree.TryOpenBelow(
            tree.Root, Encoding.UTF8.GetBytes(path), LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot,
            out SafeFileHandle? found);
        found?.Dispose();
        return error == 0;
    }

    public StagedLayer Make()
    {
        using UnionWorkspace workspace = new(build.Layout, state.Image);
        TreeWriter writer = new(workspace.Root, new CopyAttributes(0, 0, null));
        writer.MakeDirectories(Encoding.UTF8.GetBytes(path));
        return workspace.Stage(build);
    }
}
