using System.Text;
using System.Text.RegularExpressions;

namespace LayerPS.Images;

/// <summary>
/// A pattern for relative paths (Go's path/filepath, "Match"): <c>*</c>, <c>?</c>, <c>[a-z]</c>, a backslash before what is
/// itself; and <c>**</c> for any number of directories.
/// </summary>
internal sealed class PathPattern
{
    private readonly Regex _whole;

    internal PathPattern(string pattern) =>
        _whole = new Regex(ToRegex(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    internal static bool HasWildcards(string path) => path.AsSpan().ContainsAny('*', '?', '[');

    internal bool Matches(string path) => _whole.IsMatch(path);

    /// <summary>Whether the path or a directory above it matches.</summary>
    internal bool Covers(string path)
    {
        for (int end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            if (Matches(path[..end])) return true;
        return false;
    }

    /// <summary>Without "." and empty parts; ".." takes away the part before it, and stays below the root.</summary>
    internal static string Clean(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Split('/'))
        {
            if (part.Length == 0 || part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    private static string ToRegex(string pattern)
    {
        StringBuilder regex = new("\\A");
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                while (i + 1 < pattern.Length && pattern[i + 1] == '*') i++;
                bool isLast = i + 1 == pattern.Length;
                if (!isLast && pattern[i + 1] == '/') i++;
                regex.Append(isLast ? ".*" : "(.*/)?");
            }
            else if (c == '[' && pattern.IndexOf(']', i + 1) is > 0 and int end && end > i + 1)
            {
                regex.Append('[').Append(pattern[(i + 1)..end].Replace("[", "\\[", StringComparison.Ordinal)).Append(']');
                i = end;
            }
            else
            {
                if (c == '\\' && i + 1 < pattern.Length) regex.Append(Regex.Escape(pattern[++i].ToString()));
                else regex.Append(c switch { '*' => "[^/]*", '?' => "[^/]", _ => Regex.Escape(c.ToString()) });
            }
        }

        return regex.Append("\\z").ToString();
    }
}
