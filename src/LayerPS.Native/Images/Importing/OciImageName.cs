using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>What the annotations of an OCI layout call an image.</summary>
internal static class OciImageName
{
    private const string DockerHub = "docker.io/", DockerLibrary = DockerHub + "library/";

    /// <summary>name:tag; null where they say nothing that is a name.</summary>
    internal static string? Of(ImageDescriptor descriptor)
    {
        string? reference = descriptor.Annotations?.GetValueOrDefault(ImageAnnotation.ReferenceName);
        string? whole = descriptor.Annotations?.GetValueOrDefault(ImageAnnotation.ContainerdName);
        // A bare word is only the tag, where there is a whole name beside it.
        bool isTag = reference is null || (whole is not null && reference.AsSpan().IndexOfAny(':', '/') < 0);
        string? text = isTag ? Shorten(whole) : reference;
        ImageReference? parsed = text is null ? null : ImageReference.TryParse(text, out _);
        return parsed?.Digest is null ? parsed?.ToString() : null;
    }

    /// <summary>The name with its registry, as containerd has it.</summary>
    internal static string Lengthen(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return DockerLibrary + name;
        ReadOnlySpan<char> first = name.AsSpan(0, slash);
        return first.ContainsAny('.', ':') || first is "localhost" ? name : DockerHub + name;
    }

    private static string? Shorten(string? name)
    {
        if (name is null) return null;
        if (name.StartsWith(DockerLibrary, StringComparison.Ordinal)) return name[DockerLibrary.Length..];
        return name.StartsWith(DockerHub, StringComparison.Ordinal) ? name[DockerHub.Length..] : name;
    }
}
