namespace LayerPS.Images;

/// <summary>
/// Which images stand on which: on all layers of another and more, or on the same ones and made from it, as a step of a
/// build is that changes only the configuration.
/// </summary>
internal sealed class ImageTree
{
    private readonly HashSet<string> _covered = [];
    private readonly HashSet<(string Digest, string Top)> _parents = [];

    /// <param name="images">All that there are.</param>
    internal ImageTree(IEnumerable<Image> images)
    {
        foreach (Image image in images)
        {
            foreach (ImageLayer layer in image.Layers.SkipLast(1)) _covered.Add(layer.Id);
            if (image.Parent is { } parent && image.Layers.Count > 0) _parents.Add((parent, image.Layers[^1].Id));
        }
    }

    /// <summary>Whether any image stands on this one.</summary>
    internal bool Carries(Image image)
    {
        if (image.Layers.Count == 0) return false;
        string top = image.Layers[^1].Id;
        return _covered.Contains(top) || (image.Digest is { } digest && _parents.Contains((digest, top)));
    }

    /// <summary>Whether the one image stands on the other.</summary>
    internal static bool StandsOn(Image upper, Image lower)
    {
        int count = lower.Layers.Count;
        if (count == 0 || upper.Layers.Count < count || upper.Layers[count - 1].Id != lower.Layers[^1].Id) return false;
        return upper.Layers.Count > count || lower.Digest is null || upper.Parent == lower.Digest;
    }

    /// <summary>Every image before those that it stands on.</summary>
    internal static IReadOnlyList<Image> TopFirst(IReadOnlyCollection<Image> images)
    {
        return [.. images.OrderByDescending(static image => image.Layers.Count).ThenByDescending(Generation)];

        // How many of the images it was made from one after another that have the same layers.
        int Generation(Image image)
        {
            int count = 0;
            for (Image? at = image; at is not null; count++)
                at = images.FirstOrDefault(other => other.Digest == at.Parent && IsStep(at, other));
            return count;
        }

        static bool IsStep(Image upper, Image lower) =>
            lower.Digest is not null && upper.Layers.Count == lower.Layers.Count;
    }
}
