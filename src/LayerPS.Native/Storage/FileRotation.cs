using System.Globalization;

namespace LayerPS.Storage;

/// <summary>
/// A file that only grows, cut into parts so that old ones can go: NAME is the one that is written, NAME.1 the one
/// before it, and so on.
/// </summary>
internal static class FileRotation
{
    /// <summary>The parts that are there at this moment, the oldest first.</summary>
    internal static IEnumerable<string> PartsOf(string path)
    {
        string name = Path.GetFileName(path) + ".";
        IEnumerable<int> numbers = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, name + "*")
            .Select(static part => Path.GetFileName(part))
            .Where(part => part.Length > name.Length).Select(part => NumberOf(part[name.Length..])).OfType<int>();
        foreach (int number in numbers.OrderDescending()) yield return PartOf(path, number);
        if (File.Exists(path)) yield return path;
    }

    /// <summary>Makes each part the one before it, so that NAME can begin anew; one writer at a time may do so.</summary>
    /// <param name="path">NAME.</param>
    /// <param name="keep">How many parts stay; none, and the content is gone.</param>
    internal static void Shift(string path, int keep)
    {
        int last = 0;
        while (File.Exists(PartOf(path, last + 1))) last++;
        for (int number = last; number >= 0; number--)
        {
            string part = number == 0 ? path : PartOf(path, number);
            // The last to stay is replaced by the one after it: who looks never sees it missing.
            if (number > keep || keep == 0) File.Delete(part);
            else if (number < keep) File.Move(part, PartOf(path, number + 1), overwrite: true);
        }
    }

    private static string PartOf(string path, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");

    private static int? NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
