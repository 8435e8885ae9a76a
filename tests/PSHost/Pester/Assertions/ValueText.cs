using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Assertions;

/// <summary>Values as a failure message shows them: as one would write them in PowerShell.</summary>
internal static class ValueText
{
    private const int MostItems = 10;

    internal static string Of(object? value) => Of(value, depth: 0);

    /// <summary>In a test's name text stands without quotes.</summary>
    internal static string InName(object? value) => Bare(value) is string text ? text : Of(value);

    internal static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Of(object? value, int depth) => Bare(value) switch
    {
        null => "$null",
        string text => $"'{text}'",
        char letter => $"'{letter}'",
        bool truth => truth ? "$true" : "$false",
        Type type => $"[{type.FullName}]",
        ScriptBlock script => $"{{{script}}}",
        Enum word => word.ToString(),
        IFormattable number when number.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        DateTime or DateTimeOffset => string.Create(CultureInfo.InvariantCulture, $"{Bare(value):O}"),
        IDictionary map => "@{" + Join(map.Keys.Cast<object>().Select(k => $"{k}={Of(map[k], depth + 1)}"), "; ") + "}",
        IEnumerable list when depth < 3 => "@(" + Join(list.Cast<object?>().Select(i => Of(i, depth + 1)), ", ") + ")",
        PSCustomObject => new PSObject(value).ToString(),
        var other => LanguagePrimitives.ConvertTo<string>(other),
    };

    private static string Join(IEnumerable<string> items, string separator)
    {
        var shown = items.Take(MostItems + 1).ToList();
        if (shown.Count > MostItems)
            shown[MostItems] = "...";
        return string.Join(separator, shown);
    }
}
