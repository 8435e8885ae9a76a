using System.Text.Json.Serialization;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Reading and writing of <see cref="ContainerRecord"/> without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ContainerRecord))]
internal sealed partial class ContainerRecordJson : JsonSerializerContext;
