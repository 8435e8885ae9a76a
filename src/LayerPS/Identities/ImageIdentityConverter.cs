using System.Globalization;
using System.Management.Automation;

namespace LayerPS.Identities;

/// <summary>
/// Takes images and containers that came from another session, a job or a remote one. They bind as wholes, as live ones
/// do: by their properties alone, an image's own name would become that of the new container.
/// </summary>
public sealed class ImageIdentityConverter : PSTypeConverter
{
    private const string RemoteImage = "Deserialized.LayerPS.Image", RemoteContainer = "Deserialized.LayerPS.Container";

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => KindOf(sourceValue) is not null;

    /// <inheritdoc/>
    public override object ConvertFrom(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        PSObject source = PSObject.AsPSObject(sourceValue);
        string? id = Text(source, nameof(Image.Id)), name = Text(source, nameof(Image.Name));
        return KindOf(source) switch
        {
            RemoteImage when id is not null => ImageIdentity.OfRemoteImage(id, name),
            RemoteContainer when id is not null && Text(source, nameof(Container.ImageId)) is { } image =>
                ImageIdentity.OfRemoteContainer(id, name, image),
            _ => throw new PSInvalidCastException($"The object '{source}' is neither an image nor a container."),
        };
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();

    private static string? KindOf(object? source) => source is null
        ? null
        : PSObject.AsPSObject(source).TypeNames.FirstOrDefault(static name => name is RemoteImage or RemoteContainer);

    private static string? Text(PSObject source, string property) =>
        Convert.ToString(source.Properties[property]?.Value, CultureInfo.InvariantCulture);
}
