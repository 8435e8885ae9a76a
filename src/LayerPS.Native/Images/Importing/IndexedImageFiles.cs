using System.Text;
using LayerPS.Archives;

namespace LayerPS.Images;

/// <summary>The files of a plain tar archive, where they are.</summary>
internal sealed class IndexedImageFiles(TarIndex index) : ImageFiles
{
    internal override Stream? TryOpen(string name, out long length)
    {
        TarIndexEntry? entry = index.Find(Encoding.UTF8.GetBytes(name));
        length = entry?.Size ?? 0;
        return entry is null ? null : index.Open(entry);
    }

    internal override IEnumerable<string> Folders() => index.Folders();
}
