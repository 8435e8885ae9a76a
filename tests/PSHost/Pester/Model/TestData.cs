using System.Collections;
using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>One item of a -ForEach: <c>$_</c>, and a variable for each key where it is a dictionary.</summary>
internal sealed record TestData(object? Item)
{
    internal IDictionary? Keys => Item is PSObject wrapped ? wrapped.BaseObject as IDictionary : Item as IDictionary;

    /// <summary>The items of -ForEach, or one null where it was not given.</summary>
    /// <exception cref="PSArgumentException">It was given, but holds nothing: no test would ever run.</exception>
    internal static IEnumerable<TestData?> Each(bool given, object?[]? items)
    {
        if (!given)
            return [null];
        return items is { Length: > 0 }
            ? items.Select(static item => new TestData(item))
            : throw new PSArgumentException("-ForEach has no items, so none of these tests would run.");
    }
}
