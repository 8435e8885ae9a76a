using System.IO.Compression;
using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Compressed archives are told by what is in them.</summary>
public sealed class CompressionTests
{
    private static readonly byte[] Tar =
        new TarBuilder().Add("a", content: "x").Add("b", content: new string('y', 300_000)).End();

    [Theory]
    [InlineData("cat", CompressionKind.None)]
    [InlineData("gzip", CompressionKind.Gzip)]
    [InlineData("bzip2", CompressionKind.Bzip2)]
    [InlineData("zstd -q", CompressionKind.Zstd)]
    [InlineData("xz", CompressionKind.Xz)]
    internal void ReadsEachKindAlsoInPieces(string command, CompressionKind kind)
    {
        using TemporaryDirectory work = new();
        File.WriteAllBytes(work["tar"], Tar);
        Shell.Script(work.Path, $"""
            {command} < tar > whole
            (head -c 70000 tar | {command}; tail -c +70001 tar | {command}) > pieces
            """);
        foreach (string name in new[] { "whole", "pieces" })
        {
            (byte[] content, CompressionKind seen) = Read(File.ReadAllBytes(work[name]));
            Assert.Equal(kind, seen);
            Assert.Equal(Tar, content);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd -q")]
    [InlineData("xz")]
    public void EveryCutIsAnError(string command)
    {
        using TemporaryDirectory work = new();
        File.WriteAllBytes(work["tar"], Tar);
        Shell.Script(work.Path, $"{command} < tar > whole");
        byte[] whole = File.ReadAllBytes(work["whole"]);
        foreach (int cut in new[] { 1, 3, 4, 5, 8, 9, whole.Length / 2, whole.Length - 30 })
        {
            EngineException error = Assert.Throws<EngineException>(() => Read(whole[..^cut]));
            Assert.Equal("ArchiveInvalid", error.Definition.Id);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd -q --check")]
    [InlineData("xz")]
    public void AFlippedBitIsAnError(string command)
    {
        using TemporaryDirectory work = new();
        File.WriteAllBytes(work["tar"], Tar);
        Shell.Script(work.Path, $"{command} < tar > whole");
        byte[] whole = File.ReadAllBytes(work["whole"]);
        whole[whole.Length / 2] ^= 0x10;
        Assert.Equal("ArchiveInvalid", Assert.Throws<EngineException>(() => Read(whole)).Definition.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(100_000)]
    public void GzipMayBePaddedWithZeros(int padding)
    {
        using TemporaryDirectory work = new();
        File.WriteAllBytes(work["tar"], Tar);
        Shell.Script(work.Path, "gzip < tar > whole");
        Assert.Equal(Tar, Read([.. File.ReadAllBytes(work["whole"]), .. new byte[padding]]).Content);
    }

    [Fact]
    public void GzipOfEveryLengthEndsWhereItEnds()
    {
        // Lengths around the decoder's own buffer of 8 KiB, where the last piece of input is just used up.
        foreach (int length in Enumerable.Range(8100, 200).Append(16 * 1024).Append(65536))
        {
            byte[] noise = new byte[length];
            new Random(length).NextBytes(noise);
            using MemoryStream packed = new();
            using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(noise);
            byte[] bytes = packed.ToArray();
            Assert.Equal(noise, Read(bytes).Content);
            Assert.Equal(noise.Concat(noise), Read([.. bytes, .. bytes]).Content);
            Assert.Throws<EngineException>(() => Read(bytes[..^1]));
        }
    }

    [Theory]
    [InlineData(new byte[0], "an empty file")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0 }, "a ZIP archive")]
    [InlineData(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F' }, "an ELF executable")]
    [InlineData(new byte[] { (byte)'h', (byte)'i', (byte)'\n' }, "text that begins with 'hi '")]
    [InlineData(new byte[] { 1, 2, 0xff }, "data that begins with the bytes 0102ff")]
    public void SaysWhatItSawInstead(byte[] bytes, string what)
    {
        EngineException error = Assert.Throws<EngineException>(() => Read(bytes));
        Assert.Equal("ArchiveInvalid", error.Definition.Id);
        Assert.Contains(what, error.Message);
    }

    [Fact]
    public void CountsTheCompressedBytes()
    {
        using TemporaryDirectory work = new();
        File.WriteAllBytes(work["tar"], Tar);
        Shell.Script(work.Path, "gzip < tar > whole");
        using DecodedStream decoded = Compression.OpenRead(File.OpenRead(work["whole"]), leaveOpen: false);
        decoded.Content.CopyTo(Stream.Null);
        Assert.Equal(new FileInfo(work["whole"]).Length, decoded.CompressedBytes);
    }

    private static (byte[] Content, CompressionKind Kind) Read(byte[] bytes)
    {
        using DecodedStream decoded = Compression.OpenRead(new MemoryStream(bytes), leaveOpen: false);
        using MemoryStream content = new();
        decoded.Content.CopyTo(content);
        return (content.ToArray(), decoded.Kind);
    }
}
