using LayerPS.Views;

namespace LayerPS.Commands;

/// <summary>Says what a removal takes away, for -WhatIf and -Confirm.</summary>
internal static class ImageRemovalText
{
    internal static string Of(ImageRemoval removal)
    {
        if (removal.Images.Count + removal.Layers.Count == 0)
            return $"Remove the name {Quoted(removal.Untagged)}; the image stays.";

        List<string> lines = [$"Remove the image '{removal.Image}', {ViewText.Size(removal.Size)} in all."];
        Add("Names", removal.Untagged);
        Add("Images", removal.Images.Select(ViewText.ShortId));
        Add("Layers", removal.Layers.Select(ViewText.ShortId));
        Add("Containers that keep their layers", removal.Containers);
        return string.Join("\n  ", lines);

        void Add(string what, IEnumerable<string> which)
        {
            string all = string.Join(", ", which);
            if (all.Length > 0) lines.Add($"{what}: {all}");
        }
    }

    private static string Quoted(IEnumerable<string> names) =>
        string.Join(", ", names.Select(static name => $"'{name}'"));
}
