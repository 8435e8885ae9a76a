using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>What an image's programs run on (image-spec, image-index.md, "platform"), by Go's names.</summary>
internal sealed record ImagePlatform
{
    /// <summary>This machine.</summary>
    internal static ImagePlatform Host { get; } = new()
    {
        Os = "linux",
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            System.Runtime.InteropServices.Architecture other => other.ToString().ToLowerInvariant(),
        },
    };

    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    [JsonPropertyName("os")]
    public required string Os { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; set; }

    /// <summary>Reads os/architecture[/variant], or the architecture alone; also by the kernel's names.</summary>
    /// <exception cref="EngineException">ImageOptionInvalid.</exception>
    internal static ImagePlatform Parse(string text)
    {
        string[] parts = text.ToLowerInvariant().Split('/');
        if (parts.Length > 3 || parts.Any(static part => part.Length == 0))
            throw new EngineException(
                EngineErrors.ImageOptionInvalid,
                $"'{text}' is no platform: it is os/architecture[/variant], such as linux/arm64.", text);
        string architecture = parts.Length == 1 ? parts[0] : parts[1];
        return new ImagePlatform
        {
            Os = parts.Length == 1 ? Host.Os : parts[0],
            Architecture = architecture switch
            {
                "x86_64" or "x64" => "amd64",
                "aarch64" => "arm64",
                "i386" or "x86" => "386",
                _ => architecture,
            },
            Variant = parts.Length == 3 ? parts[2] : null,
        };
    }

    /// <summary>What an image was made for.</summary>
    internal static ImagePlatform Of(ImageSpec spec) =>
        new() { Os = spec.Os, Architecture = spec.Architecture, Variant = spec.Variant };

    /// <summary>The error for an archive without an image for the platform that is wanted.</summary>
    internal static EngineException Missing(ImagePlatform wanted, IEnumerable<ImagePlatform> found)
    {
        string[] names = [.. found.Select(static platform => platform.ToString()).Distinct().Take(20)];
        return new EngineException(
            EngineErrors.ImagePlatformNotFound,
            $"The archive has no image for {wanted}, only for {string.Join(", ", names)}.", wanted.ToString());
    }

    /// <summary>Whether what is for the other platform runs on this one; a variant only counts where both have one.</summary>
    internal bool Takes(ImagePlatform other) =>
        other.Os == Os && other.Architecture == Architecture
        && (Variant is null || other.Variant is null || other.Variant == Variant);

    public override string ToString() => Variant is null
        ? $"{Os}/{Architecture}"
        : string.Create(CultureInfo.InvariantCulture, $"{Os}/{Architecture}/{Variant}");
}
