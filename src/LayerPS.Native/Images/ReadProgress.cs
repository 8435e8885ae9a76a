using LayerPS.Archives;

namespace LayerPS.Images;

/// <summary>Tells how much of an archive was read, in bytes of the archive as it is, packed or not.</summary>
internal sealed class ReadProgress(IProgress<long> target, DecodedStream archive) : IProgress<long>
{
    public void Report(long value) => target.Report(archive.CompressedBytes);
}
