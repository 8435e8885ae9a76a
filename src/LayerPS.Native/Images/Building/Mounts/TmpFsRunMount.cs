namespace LayerPS.Images;

/// <summary>A file system in memory, which is empty at first and gone when the step ends.</summary>
internal sealed class TmpFsRunMount(RunMountOptions options) : IRunMount
{
    private readonly string _target = options.Target!;
    private readonly string? _size = options.Text("size");

    public IEnumerable<string> KeyParts => ["tmpfs", _target];

    // Programs are built there, so they can be run.
    public void Lay(LaidMounts mounts) => mounts.Add(new ContainerMount
    {
        Type = ContainerMountType.TmpFs, Destination = _target,
        Options = _size is null ? ["exec"] : ["exec", "size=" + _size],
    });

    public void Dispose()
    {
    }
}
