namespace LayerPS.Drives;

/// <summary>A level of a drive that is no object of its own: a part of image names, or the layers of an image.</summary>
public sealed class DriveFolder
{
    internal DriveFolder(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
