using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace LayerPS.TestShell.Pester.Assertions;

/// <summary>The operators of Should that look at a value.</summary>
internal static class ValueAssertions
{
    internal static Assertion Be(List<object?> actual, object? expected, bool caseSensitive) => new(
        Equality.OfCollections(actual, expected, caseSensitive),
        (caseSensitive ? "exactly " : string.Empty) + ValueText.Of(expected), Got(Unwrap(actual)));

    internal static Assertion BeNullOrEmpty(List<object?> actual)
    {
        var value = Unwrap(actual);
        var empty = ValueText.Bare(value) switch
        {
            null => true,
            IDictionary map => map.Count == 0,
            _ => actual.Count <= 1 && string.IsNullOrEmpty(LanguagePrimitives.ConvertTo<string>(value)),
        };
        return new Assertion(actual.Count == 0 || empty, "$null or empty", Got(value));
    }

    internal static Assertion BeTruth(object? actual, bool truth) =>
        new(LanguagePrimitives.IsTrue(actual) == truth, truth ? "$true" : "$false", Got(actual));

    internal static Assertion Compare(object? actual, object? expected, string words, Predicate<int> holds) => new(
        holds(LanguagePrimitives.Compare(actual, expected, ignoreCase: true)),
        $"the value to be {words} {ValueText.Of(expected)}", Got(actual));

    internal static Assertion BeLike(object? actual, object? pattern, bool caseSensitive)
    {
        var options = caseSensitive ? WildcardOptions.None : WildcardOptions.IgnoreCase;
        var wildcard = new WildcardPattern(Text(pattern), options);
        return new Assertion(wildcard.IsMatch(Text(actual)), $"a value like {ValueText.Of(pattern)}", Got(actual));
    }

    internal static Assertion Match(object? actual, string pattern, bool caseSensitive) => new(
        Regex.IsMatch(Text(actual), pattern, caseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase),
        $"a value that matches {ValueText.Of(pattern)}", Got(actual));

    internal static Assertion BeOfType(object? actual, object? type)
    {
        if (ValueText.Bare(type) is string name)
            type = name.Trim('[', ']');
        var expected = LanguagePrimitives.ConvertTo<Type>(type);
        var bare = ValueText.Bare(actual);
        var found = bare is null ? "got $null" : $"got {ValueText.Of(actual)} of type [{bare.GetType().FullName}]";
        var holds = expected.IsInstanceOfType(bare) || (expected == typeof(PSObject) && actual is PSObject)
            || (expected == typeof(PSCustomObject) && bare is PSCustomObject);
        return new Assertion(holds, $"a value of type [{expected.FullName}]", found);
    }

    internal static Assertion Contain(List<object?> actual, object? expected) => new(
        Equality.IsIn(expected, actual), $"{ValueText.Of(expected)} to be in the collection", Got(actual));

    internal static Assertion BeIn(object? actual, object? expected) => new(
        Equality.IsIn(actual, expected), $"a value that is in {ValueText.Of(expected)}", Got(actual));

    internal static Assertion HaveCount(List<object?> actual, int expected) => new(
        expected >= 0
            ? actual.Count == expected
            : throw new PSArgumentException("-HaveCount takes 0 or a greater number."),
        $"a collection of {expected}", $"got {actual.Count}: {ValueText.Of(actual)}");

    internal static Assertion Exist(PSCmdlet caller, object? path) => new(
        caller.InvokeProvider.Item.Exists(Text(path)), $"the path {ValueText.Of(path)} to exist",
        $"it is {(caller.InvokeProvider.Item.Exists(Text(path)) ? "there" : "not there")}");

    internal static Assertion FileContentMatch(PSCmdlet caller, object? path, string pattern)
    {
        var file = caller.SessionState.Path.GetUnresolvedProviderPathFromPSPath(Text(path));
        return new Assertion(
            File.ReadLines(file).Any(line => Regex.IsMatch(line, pattern, RegexOptions.IgnoreCase)),
            $"a line that matches {ValueText.Of(pattern)} in {file}", "the file says otherwise");
    }

    private static object? Unwrap(List<object?> items) => items switch
    {
        [] => null,
        [var only] => only,
        _ => items,
    };

    private static string Got(object? value) => "got " + ValueText.Of(value);

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
}
