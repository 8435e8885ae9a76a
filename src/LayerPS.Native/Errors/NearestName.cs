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

    // How many characters must be put in, taken out, exchanged, or swapped with their neighbour (optimal string
    // alignment, Damerau 1964).
    private static int Distance(string a, string b)
    {
        int[,] steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) steps[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) steps[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int exchanged = steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int fewest = Math.Min(exchanged, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
                bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                steps[i, j] = isSwap ? Math.Min(fewest, steps[i - 2, j - 2] + 1) : fewest;
            }
        }

        return steps[a.Length, b.Length];
    }
}
