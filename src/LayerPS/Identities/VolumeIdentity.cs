namespace LayerPS.Identities;

/// <summary>
/// How a volume is told to a cmdlet: by name, a wildcard, or as an object. There is no constructor for
/// <see cref="object"/>, as for <see cref="ImageIdentity"/>.
/// </summary>
public sealed class VolumeIdentity
{
    private readonly string _text;

    /// <summary>One or more volumes by what a person types.</summary>
    public VolumeIdentity(string volume) => _text = volume;

    /// <summary>One volume as it was got before.</summary>
    public VolumeIdentity(ContainerVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        _text = volume.Name;
    }

    /// <summary>The volumes that are meant, as they are now; none for a wildcard that matches nothing.</summary>
    /// <exception cref="EngineException">As for <see cref="VolumeCollection.Get"/>.</exception>
    public IEnumerable<ContainerVolume> Resolve(VolumeCollection volumes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        return volumes.Get(_text);
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
