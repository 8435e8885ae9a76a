using System.Text;
using System.Text.RegularExpressions;
using LayerPS.Images;

namespace LayerPS.Storage;

/// <summary>
/// Makes the table of images anew where it cannot be read: of the rows that are still legible, and of the images.
/// </summary>
internal static partial class ReferenceSalvage
{
    // No manifest is longer; what is longer is no manifest.
    private const int LongestManifest = 4 * 1024 * 1024;

    internal static StorageFault? Inspect(StoreLayout layout)
    {
        try
        {
            ReferenceTable.Load(layout);
            return null;
        }
        catch (EngineException e)
        {
            return StorageFault.Of(
                ContainerStorageKind.References, "references.json", layout.References, e.Message,
                "Keep it as references.json.damaged, and make a new one: of the names that can still be read, and of " +
                "every image whose parts are all there.",
                () => Remake(layout));
        }
    }

    private static void Remake(StoreLayout layout)
    {
        string text = Encoding.UTF8.GetString(SmallFile.Read(layout.References));
        File.Copy(layout.References, layout.References + ".damaged", overwrite: true);
        ReferenceTable references = ReferenceTable.Empty();
        HashSet<string> images = [.. Images(layout)];
        foreach (string digest in images) references.Set(null, digest);
        foreach (Match row in Row().Matches(text))
        {
            string digest = row.Groups["digest"].Value;
            ImageReference? name = ImageReference.TryParse(row.Groups["name"].Value, out _);
            if (name is { Digest: null } && images.Contains(digest)) references.Set(name.ToString(), digest);
        }

        references.Save(layout);
    }

    // A blob is an image's manifest if all that it names is there.
    private static IEnumerable<string> Images(StoreLayout layout)
    {
        ImageReader reader = new(layout);
        foreach (FileInfo blob in new DirectoryInfo(layout.Blobs).EnumerateFiles())
        {
            if (!ContentDigest.IsHex(blob.Name) || blob.Length > LongestManifest) continue;
            string digest = ContentDigest.Prefix + blob.Name;
            try
            {
                reader.Read(digest, []);
            }
            catch (EngineException)
            {
                continue;
            }

            yield return digest;
        }
    }

    [GeneratedRegex("\"(?<name>[^\"\\\\\\s]+)\"\\s*:\\s*\"(?<digest>sha256:[0-9a-f]{64})\"")]
    private static partial Regex Row();
}
