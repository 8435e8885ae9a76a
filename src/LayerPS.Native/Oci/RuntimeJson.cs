using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>Reading and writing of <see cref="RuntimeSpec"/> without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuntimeSpec))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
