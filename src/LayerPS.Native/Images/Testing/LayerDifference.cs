using LayerPS.Archives;
using LayerPS.Linux;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>Tells in sentences how the files of a layer differ from those that it should have.</summary>
internal static class LayerDifference
{
    private const int MostSentences = 100;

    // The clock that the kernel gives files their times by is coarse.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    /// <param name="recorded">What it should have, made anew.</param>
    /// <param name="found">What it has.</param>
    /// <param name="started">Before the making began: what is younger has no time of its own in the tar.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static List<string> Describe(
        SafeFileHandle recorded, SafeFileHandle found, DateTimeOffset started, CancellationToken cancellationToken)
    {
        FileComparison files = new(recorded, found, cancellationToken);
        TreePair trees = new(recorded, found, null, hideWhiteouts: false);
        List<string> sentences = [];
        int more = 0;
        foreach (FilePair pair in trees.Walk(cancellationToken))
        {
            if (Of(pair) is not { } what) continue;
            if (sentences.Count < MostSentences) sentences.Add($"'/{ByteText.Display(pair.Path)}' {what}.");
            else more++;
        }

        if (more > 0) sentences.Add($"{more} more files differ.");
        return sentences;

        string? Of(in FilePair pair)
        {
            if (pair is not { Before: { } should, After: { } has })
                return pair.After is null ? "is gone" : "does not belong to it";
            FileAspects aspects = files.Compare(pair.Path, should, has);
            if (should.Modified.ToDateTimeOffset() > started - ClockStep) aspects &= ~FileAspects.Modified;
            if (should.IsDirectory && has.IsDirectory && IsOpaque(recorded, pair.Path) != IsOpaque(found, pair.Path))
                aspects |= FileAspects.Attributes;
            return aspects == FileAspects.None ? null : $"is not as it was recorded ({aspects})";
        }
    }

    private static bool IsOpaque(SafeFileHandle root, byte[] path) =>
        FileAttributeReader.IsOpaque(root, path.Length == 0 ? "."u8 : path);
}
