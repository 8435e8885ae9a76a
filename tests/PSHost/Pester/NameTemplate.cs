using System.Text;
using System.Text.RegularExpressions;
using LayerPS.TestShell.Pester.Assertions;

namespace LayerPS.TestShell.Pester;

/// <summary>Names with <c>&lt;variable.property&gt;</c> in them; <c>`&lt;</c> is a plain angle bracket.</summary>
internal static partial class NameTemplate
{
    internal static string Expand(string name, UserScope scope)
    {
        if (!name.Contains('<', StringComparison.Ordinal))
            return name;
        var expanded = new StringBuilder();
        var end = 0;
        foreach (Match match in Template().Matches(name))
        {
            expanded.Append(name, end, match.Index - end);
            expanded.Append(match.Groups[1].Success
                ? ValueText.InName(scope.Evaluate("$" + match.Groups[1].Value))
                : match.Groups[2].Value);
            end = match.Index + match.Length;
        }

        return expanded.Append(name, end, name.Length - end).ToString();
    }

    [GeneratedRegex("(?<!`)<([^>`]+)>|`([<>])")]
    private static partial Regex Template();
}
