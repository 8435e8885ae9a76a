using System.Text;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>
/// Which image a step made, by a key of all that it depends on. A row whose image was removed says nothing any more.
/// </summary>
internal sealed class BuildCache(StoreLayout layout)
{
    /// <summary>The key of a step: what lies below, the instruction, and what else it depends on.</summary>
    internal static string KeyOf(string below, IEnumerable<string> parts)
    {
        StringBuilder text = new();
        // Each with its length, so that no two lists of parts have the same text.
        foreach (string part in parts.Prepend(below)) text.Append(part.Length).Append(':').Append(part).Append('\n');
        return ContentDigest.HexOf(Encoding.UTF8.GetBytes(text.ToString()));
    }

    internal Image? Find(string key)
    {
        if (SmallFile.TryRead(PathOf(key)) is not { } row) return null;
        string digest = Encoding.ASCII.GetString(row);
        ReferenceTable references = ReferenceTable.Load(layout);
        return references.Contains(digest) ? new ImageReader(layout).TryRead(digest, references.NamesOf(digest)) : null;
    }

    internal void Keep(string key, Image image)
    {
        Directory.CreateDirectory(layout.BuildCache);
        // Losing a row costs one step done again.
        AtomicFile.Write(PathOf(key), Encoding.ASCII.GetBytes(image.Digest!), durable: false);
    }

    /// <summary>The rows of images that are not among these.</summary>
    internal static IEnumerable<FileInfo> RowsWithout(StoreLayout layout, HashSet<string> digests)
    {
        DirectoryInfo folder = new(layout.BuildCache);
        if (!folder.Exists) yield break;
        foreach (FileInfo row in folder.EnumerateFiles().OrderBy(static row => row.Name, StringComparer.Ordinal))
        {
            byte[]? digest = SmallFile.TryRead(row.FullName);
            if (digest is not null && !digests.Contains(Encoding.ASCII.GetString(digest))) yield return row;
        }
    }

    private string PathOf(string key) => Path.Combine(layout.BuildCache, key);
}
