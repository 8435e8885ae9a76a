using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>Reading and writing of an image's configuration and manifest without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageSpec))]
internal sealed partial class ImageJson : JsonSerializerContext;
