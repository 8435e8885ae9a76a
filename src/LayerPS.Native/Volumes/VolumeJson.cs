using System.Text.Json.Serialization;

namespace LayerPS.Volumes;

/// <summary>Reading and writing of a volume's metadata without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VolumeRecord))]
internal sealed partial class VolumeJson : JsonSerializerContext;
