using System.Globalization;
using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Assertions;

/// <summary>What -Be, -BeIn, -Contain and their like hold to be equal: what PowerShell's -eq and -ceq do.</summary>
internal static class Equality
{
    private const int DeepestNesting = 100;

    /// <summary>Compares item by item. Nothing, $null and @($null) are equal.</summary>
    internal static bool OfCollections(object? actual, object? expected, bool caseSensitive, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw new PSInvalidOperationException("The collections nest too deeply. Does one hold itself?");
        var actualItems = Items(actual);
        var expectedItems = Items(expected);
        if (IsNothing(actualItems) || IsNothing(expectedItems))
            return IsNothing(actualItems) && IsNothing(expectedItems);
        if (actualItems.Count != expectedItems.Count)
            return false;
        for (var i = 0; i < actualItems.Count; i++)
        {
            var nested = ValueText.Bare(actualItems[i]) is Array || ValueText.Bare(expectedItems[i]) is Array;
            var equal = nested
                ? OfCollections(actualItems[i], expectedItems[i], caseSensitive, depth + 1)
                : OfValues(expectedItems[i], actualItems[i], caseSensitive);
            if (!equal)
                return false;
        }

        return true;
    }

    internal static bool IsIn(object? value, object? collection) =>
        Items(collection).Exists(item => OfValues(item, value, caseSensitive: false));

    internal static List<object?> Items(object? value) => value switch
    {
        List<object?> items => items,
        null => [null],
        _ => LanguagePrimitives.GetEnumerable(value) is { } list ? [.. list.Cast<object?>()] : [value],
    };

    private static bool OfValues(object? left, object? right, bool caseSensitive) =>
        LanguagePrimitives.Equals(left, right, !caseSensitive, CultureInfo.InvariantCulture);

    private static bool IsNothing(List<object?> items) => items is [] or [null];
}
