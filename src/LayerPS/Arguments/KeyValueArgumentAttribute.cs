using System.Collections;
using System.Management.Automation;

namespace LayerPS.Arguments;

/// <summary>
/// Lets a <c>string[]</c> parameter of KEY=VALUE take a hashtable as well. A plain hashtable has no order, so its keys
/// are sorted; an ordered one keeps its own.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyValueArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Flatten(inputData).ToArray();

    /// <summary>The pairs as a dictionary; of two with the same key, the last one counts.</summary>
    internal static Dictionary<string, string> ToDictionary(IEnumerable<string> pairs)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        foreach (string[] pair in pairs.Select(static pair => pair.Split('=', 2))) map[pair[0]] = pair[1];
        return map;
    }

    private static IEnumerable<string> Flatten(object? input) => Unwrap(input) switch
    {
        null => [],
        IDictionary map => Sorted(map).Select(static entry => Check($"{Text(entry.Key)}={Text(entry.Value)}")),
        string text => [Check(text)],
        IEnumerable items => items.Cast<object?>().SelectMany(Flatten),
        var other => [Check(Text(other))],
    };

    private static object? Unwrap(object? input) => input is PSObject wrapped ? wrapped.BaseObject : input;

    private static List<DictionaryEntry> Sorted(IDictionary map)
    {
        // Enumerated as entries: the dictionaries of .NET would give pairs of their own types.
        List<DictionaryEntry> entries = [];
        for (IDictionaryEnumerator each = map.GetEnumerator(); each.MoveNext();) entries.Add(each.Entry);
        if (map is Hashtable) entries.Sort(static (a, b) => string.CompareOrdinal(Text(a.Key), Text(b.Key)));
        return entries;
    }

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";

    private static string Check(string pair) => pair.IndexOf('=', StringComparison.Ordinal) > 0
        ? pair
        : throw new ArgumentTransformationMetadataException(
            $"'{pair}' is not of the form KEY=VALUE. Give strings of that form, or a hashtable.");
}
