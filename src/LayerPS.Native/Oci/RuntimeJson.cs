using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>Reading and writing of <see cref="RuntimeSpec"/> without reflection.</summary>
/// <remarks>What a file may leave out has a setter: the generated code loses the default of a property that is init-only.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuntimeSpec))]
[JsonSerializable(typeof(RuntimeResources))]
[JsonSerializable(typeof(Containers.ExecutionPlan))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
