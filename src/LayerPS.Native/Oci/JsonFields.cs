using System.Text.Json;

namespace LayerPS.Oci;

/// <summary>
/// Reads single fields of a JSON object. A process that starts for each container reads its configuration so: the generated
/// code of <see cref="RuntimeJson"/> sets itself up for 2.5 ms first, a tenth of a container's start.
/// </summary>
internal static class JsonFields
{
    /// <summary>The field; one of no kind where it is absent.</summary>
    internal static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field) ? field : default;

    internal static bool IsThere(this JsonElement element) =>
        element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    internal static string? Text(this JsonElement element, string name) =>
        element.Field(name) is var field && field.IsThere() ? field.GetString() : null;

    /// <exception cref="InvalidDataException">It is absent.</exception>
    internal static string RequiredText(this JsonElement element, string name) =>
        element.Text(name) ?? throw new InvalidDataException($"The field '{name}' is missing.");

    internal static bool Truth(this JsonElement element, string name) =>
        element.Field(name) is var field && field.IsThere() && field.GetBoolean();

    internal static uint? Number(this JsonElement element, string name) =>
        element.Field(name) is var field && field.IsThere() ? field.GetUInt32() : null;

    internal static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        element.List(name, static item => item.GetString()!);

    /// <summary>The items of a list; none where it is absent.</summary>
    internal static IReadOnlyList<T> List<T>(this JsonElement element, string name, Func<JsonElement, T> read)
    {
        JsonElement field = element.Field(name);
        if (!field.IsThere()) return [];
        List<T> items = new(field.GetArrayLength());
        foreach (JsonElement item in field.EnumerateArray()) items.Add(read(item));
        return items;
    }

    /// <summary>The fields of an object, by their names; none where it is absent.</summary>
    internal static IReadOnlyDictionary<string, string> Map(this JsonElement element, string name)
    {
        Dictionary<string, string> map = [];
        JsonElement field = element.Field(name);
        if (!field.IsThere()) return map;
        foreach (JsonProperty property in field.EnumerateObject()) map[property.Name] = property.Value.GetString()!;
        return map;
    }
}
