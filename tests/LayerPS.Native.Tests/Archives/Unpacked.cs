using System.Security.Cryptography;
using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Unpacks archives the way an import does, and writes them again.</summary>
internal static class Unpacked
{
    internal static UnpackedLayer FromFile(
        TemporaryDirectory work, string tar, string target, UnpackOptions? options = null)
    {
        work.Make(target);
        using FileStream packed = File.OpenRead(tar);
        using DecodedStream decoded = Compression.OpenRead(packed, leaveOpen: true);
        using FileStream split = File.Create(work[target + ".split"]);
        return LayerUnpacker.Unpack(
            decoded.Content, work[target], split, options ?? UnpackOptions.RootFileSystem, null, default);
    }

    internal static UnpackedLayer FromBytes(
        TemporaryDirectory work, byte[] tar, string target = "target", UnpackOptions? options = null)
    {
        work.Make(target);
        using FileStream split = File.Create(work[target + ".split"]);
        return LayerUnpacker.Unpack(
            new MemoryStream(tar), work[target], split, options ?? UnpackOptions.RootFileSystem, null, default);
    }

    internal static byte[] Rebuild(TemporaryDirectory work, string target = "target")
    {
        using FileStream split = File.OpenRead(work[target + ".split"]);
        using MemoryStream tar = new();
        LayerTar.Rebuild(work[target], split, tar, default);
        return tar.ToArray();
    }

    /// <summary>Unpacks bytes that must be refused, and returns the error.</summary>
    internal static EngineException Error(TemporaryDirectory work, byte[] tar, UnpackOptions? options = null) =>
        Assert.Throws<EngineException>(() => FromBytes(work, tar, "target", options));

    internal static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
