using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>Reading and writing of an image's configuration, manifest and index without reflection.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(DockerArchiveLayer))]
[JsonSerializable(typeof(SortedDictionary<string, SortedDictionary<string, string>>))]
[JsonSerializable(typeof(List<DockerArchiveImage>))]
[JsonSerializable(typeof(ImageSpec))]
internal sealed partial class ImageJson : JsonSerializerContext;
