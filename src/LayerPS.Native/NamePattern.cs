namespace LayerPS;

/// <summary>
/// Wildcards as PowerShell has them: <c>*</c>, <c>?</c> and <c>[a-z]</c>, a backtick before one that stands for
/// itself; upper and lower case are the same.
/// </summary>
internal static class NamePattern
{
    internal static bool HasWildcards(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>Whether it matches name:tag, or the name alone.</summary>
    internal static bool MatchesReference(string pattern, string reference) =>
        Matches(pattern, reference) || Matches(pattern, reference[..reference.LastIndexOf(':')]);

    internal static bool Matches(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref p, name[n]))
            {
                n++;
            }
            else if (star >= 0)
            {
                // Let the latest star take one more character, and try again behind it.
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static bool MatchesOne(string pattern, ref int at, char c)
    {
        char first = pattern[at++];
        int end = first == '[' ? pattern.IndexOf(']', at) : -1;
        if (end > at)
        {
            ReadOnlySpan<char> set = pattern.AsSpan(at, end - at);
            at = end + 1;
            return IsInSet(set, char.ToLowerInvariant(c));
        }

        if (first == '`' && at < pattern.Length) first = pattern[at++];
        else if (first == '?') return true;
        return char.ToLowerInvariant(first) == char.ToLowerInvariant(c);
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char c)
    {
        for (int i = 0; i < set.Length; i++)
        {
            char low = char.ToLowerInvariant(set[i]);
            bool isRange = i + 2 < set.Length && set[i + 1] == '-';
            char high = isRange ? char.ToLowerInvariant(set[i + 2]) : low;
            if (c >= low && c <= high) return true;
            if (isRange) i += 2;
        }

        return false;
    }
}
