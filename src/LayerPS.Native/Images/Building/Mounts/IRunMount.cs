namespace LayerPS.Images;

/// <summary>One --mount of RUN.</summary>
internal interface IRunMount : IDisposable
{
    /// <summary>What the step depends on by it, besides the text of its instruction.</summary>
    public IEnumerable<string> KeyParts { get; }

    /// <summary>Makes what is to be mounted; what it took goes with <paramref name="mounts"/>.</summary>
    public void Lay(LaidMounts mounts);
}
