using System.Text.Json.Serialization;

namespace LayerPS.Containers;

/// <summary>Reading and writing of a container's files without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContainerRun))]
internal sealed partial class ContainerJson : JsonSerializerContext;
