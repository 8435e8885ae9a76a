using System.ComponentModel;

namespace LayerPS.Identities;

/// <summary>
/// How an image is told to a cmdlet: by name, name:tag, digest, the beginning of an id, a wildcard, as an object, or by
/// a container that was made from it. A parameter of this type takes all of them. There is no constructor for
/// <see cref="object"/>: with it, a row of a CSV file would be taken whole instead of by its columns.
/// </summary>
[TypeConverter(typeof(ImageIdentityConverter))]
public sealed class ImageIdentity
{
    private readonly string _text;
    private readonly Image? _image;
    private readonly Container? _container;
    private readonly string? _containerId;

    /// <summary>One or more images by what a person types.</summary>
    public ImageIdentity(string image) => _text = image;

    /// <summary>One image as it was got before.</summary>
    public ImageIdentity(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        _image = image;
        _text = image.ToString();
        NameOfObject = image.Name;
    }

    /// <summary>The image that a container was made from, whatever its name means by now.</summary>
    public ImageIdentity(Container container)
    {
        ArgumentNullException.ThrowIfNull(container);
        _container = container;
        _text = container.ImageId;
        NameOfObject = container.Name;
    }

    private ImageIdentity(string imageId, string? name, string? containerId)
    {
        _text = imageId;
        NameOfObject = name;
        _containerId = containerId;
    }

    /// <summary>The name that the object had which told the image; null where it was told by words.</summary>
    internal string? NameOfObject { get; }

    /// <summary>Whether the image was told by a container.</summary>
    internal bool IsOfContainer => _container is not null || _containerId is not null;

    /// <summary>What finds the image again: for an object its digest, whatever its name means by now.</summary>
    internal string ExactText => _image is null ? _text : _image.Digest ?? _image.Id;

    /// <summary>The images that are meant, as they are now; none for a wildcard that matches nothing.</summary>
    /// <exception cref="EngineException">As for <see cref="ImageCollection.Resolve"/>.</exception>
    public IEnumerable<Image> Resolve(ImageCollection images) =>
        _image is null ? images.Get(_text) : [_image.Refresh()];

    /// <summary>
    /// The images that are meant, with the names that they were asked for by: for what concerns those names alone.
    /// Objects come as they are.
    /// </summary>
    /// <exception cref="EngineException">As for <see cref="ImageCollection.Resolve"/>.</exception>
    internal IEnumerable<Image> ResolveAsAsked(ImageCollection images) => _image is null ? images.Get(_text) : [_image];

    /// <summary>
    /// The images that are meant, as they are now, each with the names that it is to be saved under: those that it was
    /// asked for or got by, none where an id was typed, and all where it is an object of a list.
    /// </summary>
    /// <exception cref="EngineException">As for <see cref="ImageCollection.Resolve"/>.</exception>
    internal IEnumerable<Image> ResolveToSave(ImageCollection images)
    {
        if (_image is not null) return [_image.RefreshAsAsked()];
        bool isTyped = NameOfObject is null && !IsOfContainer;
        return images.Get(_text).Select(image => isTyped && image.Asked.Count == 0 ? image.WithoutNames() : image);
    }

    /// <summary>The one image that is meant, as it is now.</summary>
    /// <exception cref="EngineException">As for <see cref="ImageCollection.Resolve"/>; wildcards are none.</exception>
    public Image ResolveOne(ImageCollection images) => _image is null ? images.Resolve(_text) : _image.Refresh();

    /// <summary>The container that told the image; null where none did.</summary>
    /// <exception cref="EngineException">As for <see cref="ContainerCollection.Resolve"/>.</exception>
    public Container? ResolveContainer(ContainerCollection containers) =>
        _containerId is null ? _container : containers.Resolve(_containerId);

    internal static ImageIdentity OfRemoteImage(string id, string? name) => new(id, name, containerId: null);

    internal static ImageIdentity OfRemoteContainer(string id, string? name, string imageId) => new(imageId, name, id);

    /// <inheritdoc/>
    public override string ToString() => _text;
}
