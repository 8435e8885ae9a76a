namespace LayerPS;

/// <summary>What a person who mistyped a name may have meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the names, or null when none is near.</summary>
    internal static string? Of(string typed, IEnumerable<string> names)
    {
        string? nearest = null;
        int best = (Math.Max(typed.Length, 3) / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(typed, name);
            if (distance >= best) continue;
            best = distance;
            nearest = name;
        }

        return nearest;
    }

    // How many characters must be put in, taken out or exchanged (Levenshtein).
    private static int Distance(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int exchanged = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
