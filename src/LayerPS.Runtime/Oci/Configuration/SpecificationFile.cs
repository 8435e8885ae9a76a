using System.Text.Json;
using LayerPS.Oci;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Storage;

namespace LayerPS.Runtime.Oci.Configuration;

/// <summary>The configuration in a bundle (runtime-spec, bundle.md).</summary>
internal static class SpecificationFile
{
    internal const string Name = "config.json";

    /// <exception cref="OciException">It is missing, or is no configuration.</exception>
    internal static (byte[] Json, RuntimeSpec Spec) Read(string bundle)
    {
        string path = Path.Combine(bundle, Name);
        byte[] json = SmallFile.TryRead(path) ?? throw new OciException($"The bundle '{bundle}' has no {Name}: no such file or directory.");
        return (json, Parse(json, RuntimeJson.Default.RuntimeSpec, path));
    }

    /// <summary>The process of <c>exec --process</c>.</summary>
    internal static RuntimeProcess ReadProcess(string path) => Parse(
        SmallFile.TryRead(path) ?? throw new OciException($"There is no file '{path}': no such file or directory."),
        RuntimeJson.Default.RuntimeProcess, path);

    internal static T Parse<T>(byte[] json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw new OciException($"'{path}' is not what the runtime-spec has: {e.Message}");
        }
    }
}
