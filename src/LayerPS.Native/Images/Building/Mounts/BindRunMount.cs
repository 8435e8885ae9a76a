using System.Text;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>
/// Files of the context, of a stage or of an image. They are copied for the step: so it sees what the .dockerignore leaves
/// and nothing that changes meanwhile, and what it writes is gone when it ends.
/// </summary>
internal sealed class BindRunMount : IRunMount
{
    private const string Name = "files";

    private readonly ImageBuild _build;
    private readonly SourceTree _tree;
    private readonly CopySource _source;
    private readonly string _target;
    private readonly bool _writable;

    private BindRunMount(ImageBuild build, SourceTree tree, CopySource source, string target, bool writable)
    {
        _build = build;
        _tree = tree;
        _source = source;
        _target = target;
        _writable = writable;
    }

    public IEnumerable<string> KeyParts
    {
        get
        {
            using CopyDigest digest = new(owners: !_tree.IsContext);
            new CopyWalk(_tree, [], digest, _build.Stop).Run(_source, Encoding.UTF8.GetBytes(Name), contentOnly: false);
            return ["bind", _target, digest.Finish()];
        }
    }

    /// <exception cref="EngineException">DockerfileInvalid, BuildSourceNotFound, BuildSourceRefused.</exception>
    internal static BindRunMount Make(ImageBuild build, RunMountOptions options)
    {
        SourceTree tree = build.SourceOf(options["from"], options.Stage);
        bool writable = options.IsOn("readwrite");
        if (options["readonly"] is not null) writable = !options.IsOn("readonly");
        return new BindRunMount(build, tree, tree.Get(options.Text("source") ?? "/"), options.Target!, writable);
    }

    public void Lay(LaidMounts mounts)
    {
        StagedDirectory staged = StagingArea.Create(_build.Layout);
        mounts.Add(
            new ContainerMount
            {
                Type = ContainerMountType.Bind, Source = Path.Combine(staged.Path, Name), Destination = _target,
                ReadOnly = !_writable,
            },
            staged);
        Copy(_build, _tree, _source, staged.Path, Name);
    }

    /// <summary>Copies a file, or a directory with all that is in it.</summary>
    internal static void Copy(ImageBuild build, SourceTree tree, CopySource source, string directory, string name)
    {
        using SafeFileHandle root = FileTree.OpenDirectory(directory);
        TreeWriter writer = new(root, tree.IsContext ? new CopyAttributes(0, 0, null) : default);
        new CopyWalk(tree, [], writer, build.Stop).Run(source, Encoding.UTF8.GetBytes(name), contentOnly: false);
    }

    public void Dispose() => _source.Dispose();
}
