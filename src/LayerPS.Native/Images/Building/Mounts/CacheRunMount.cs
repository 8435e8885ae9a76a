using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>A directory that stays from one build to the next. What is in it is no part of the step's key.</summary>
internal sealed class CacheRunMount : IRunMount
{
    private const uint DirectoryMode = 493; // rwxr-xr-x

    private readonly ImageBuild _build;
    private readonly RunMountOptions _options;
    private readonly CacheMountSharing _sharing;
    private readonly SourceTree? _tree;
    private readonly CopySource? _source;
    private readonly (uint Mode, uint Uid, uint Gid) _attributes;

    private CacheRunMount(ImageBuild build, RunMountOptions options)
    {
        _build = build;
        _options = options;
        _sharing = options.Text("sharing")?.ToLowerInvariant() switch
        {
            null or "shared" => CacheMountSharing.Shared,
            "private" => CacheMountSharing.Private,
            "locked" => CacheMountSharing.Locked,
            var other => throw options["sharing"]!.Fault($"'sharing' is shared, private or locked, not '{other}'"),
        };
        _attributes = (options.Mode(DirectoryMode), options.Number("uid"), options.Number("gid"));
        if (options["from"] is not { } from)
        {
            if (options["source"] is { } lonely) throw lonely.Fault("'source' of a cache is a path in what 'from' names");
            return;
        }

        _tree = build.SourceOf(from, options.Stage);
        _source = _tree.Get(options.Text("source") ?? "/");
    }

    private string Id => _options.Text("id") ?? _options.Target!;

    public IEnumerable<string> KeyParts => ["cache", _options.Target!, Id];

    /// <exception cref="EngineException">DockerfileInvalid, BuildSourceNotFound, BuildSourceRefused.</exception>
    internal static CacheRunMount Make(ImageBuild build, RunMountOptions options) => new(build, options);

    public void Lay(LaidMounts mounts)
    {
        CacheMountLease cache = new CacheMountStore(_build.Layout).Take(Id, _sharing, Fill, _build.Stop);
        mounts.Add(
            new ContainerMount
            {
                Type = ContainerMountType.Bind, Source = cache.Files, Destination = _options.Target!,
                ReadOnly = _options.IsOn("readonly"),
            },
            cache);
    }

    private void Fill(string directory)
    {
        string name = Path.GetFileName(directory);
        if (_source is { Status.IsDirectory: true }) BindRunMount.Copy(_build, _tree!, _source, directory[..^(name.Length + 1)], name);
        else Directory.CreateDirectory(directory);
        using SafeFileHandle made = FileTree.OpenDirectory(directory);
        FileOwnership.SetOwner(made, _attributes.Uid, _attributes.Gid);
        FileOwnership.SetMode(made, _attributes.Mode);
    }

    public void Dispose() => _source?.Dispose();
}
