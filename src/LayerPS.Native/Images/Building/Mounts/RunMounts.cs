using LayerPS.Dockerfiles;

namespace LayerPS.Images;

/// <summary>All --mount of one RUN.</summary>
internal sealed class RunMounts : IDisposable
{
    private readonly ImageBuild _build;
    private readonly List<IRunMount> _mounts = [];

    private RunMounts(ImageBuild build) => _build = build;

    internal IEnumerable<string> KeyParts => _mounts.SelectMany(static mount => mount.KeyParts);

    /// <exception cref="EngineException">DockerfileInvalid, BuildSourceNotFound, BuildSourceRefused.</exception>
    internal static RunMounts Make(ImageBuild build, StageState state, RunInstruction run)
    {
        RunMounts all = new(build);
        try
        {
            foreach (RunMount mount in run.Mounts) all._mounts.Add(Make(build, mount.Type, new RunMountOptions(mount, state)));
            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    /// <summary>Makes what is to be mounted, for one container.</summary>
    /// <exception cref="EngineException">BuildSourceNotFound.</exception>
    internal LaidMounts Lay()
    {
        LaidMounts laid = new(_build.Layout);
        try
        {
            foreach (IRunMount mount in _mounts) mount.Lay(laid);
            laid.Complete();
            return laid;
        }
        catch
        {
            laid.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (IRunMount mount in _mounts) mount.Dispose();
    }

    private static IRunMount Make(ImageBuild build, string type, RunMountOptions options) => type switch
    {
        "bind" => BindRunMount.Make(build, options),
        "cache" => CacheRunMount.Make(build, options),
        "tmpfs" => new TmpFsRunMount(options),
        _ => SecretRunMount.Make(build, options),
    };
}
