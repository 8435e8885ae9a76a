using System.Buffers;
using System.Security.Cryptography;

namespace LayerPS.Storage;

/// <summary>SHA-256 digests in their two forms: 64 hex digits, and with the algorithm before them.</summary>
internal static class ContentDigest
{
    internal const string Prefix = "sha256:";
    internal const int HexLength = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    internal static string HexOf(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(SHA256.HashData(content));

    internal static bool IsHex(ReadOnlySpan<char> text) =>
        text.Length == HexLength && !text.ContainsAnyExcept(Digits);

    /// <summary>The hex digits of a digest.</summary>
    /// <returns>False for another algorithm, and for what is no digest.</returns>
    internal static bool TryGetHex(string? digest, out string hex)
    {
        hex = digest is not null && digest.StartsWith(Prefix, StringComparison.Ordinal) ? digest[Prefix.Length..] : "";
        return IsHex(hex);
    }
}
