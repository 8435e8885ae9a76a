namespace LayerPS.Dockerfiles;

/// <summary>The patterns of <c>${x#pattern}</c> and its like: <c>*</c>, <c>?</c>, and a backslash before what is itself.</summary>
internal static class ShellPattern
{
    internal static string RemovePrefix(string text, string pattern, bool longest)
    {
        int length = Lengths(text.Length, longest).FirstOrDefault(n => Matches(pattern, text.AsSpan(0, n)), -1);
        return length < 0 ? text : text[length..];
    }

    internal static string RemoveSuffix(string text, string pattern, bool longest)
    {
        int length = Lengths(text.Length, longest).FirstOrDefault(n => Matches(pattern, text.AsSpan(text.Length - n)), -1);
        return length < 0 ? text : text[..^length];
    }

    /// <summary>Puts a text where the pattern matches: at the first place, or at all; of the matches at one, the longest.</summary>
    internal static string Replace(string text, string pattern, string replacement, bool all)
    {
        System.Text.StringBuilder result = new();
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            int length = Lengths(text.Length - start, longest: true)
                .FirstOrDefault(n => n > 0 && Matches(pattern, text.AsSpan(start, n)));
            if (length == 0)
            {
                result.Append(text[at++]);
                continue;
            }

            result.Append(replacement);
            at += length;
            if (!all) break;
        }

        return result.Append(text.AsSpan(at)).ToString();
    }

    private static IEnumerable<int> Lengths(int length, bool longest) =>
        longest ? Enumerable.Range(0, length + 1).Reverse() : Enumerable.Range(0, length + 1);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            bool escaped = p + 1 < pattern.Length && pattern[p] == '\\';
            if (!escaped && p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (escaped ? pattern[p + 1] == text[t] : p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p += escaped ? 2 : 1;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
