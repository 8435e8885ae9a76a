using System.Buffers;
using System.Globalization;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>
/// An image's name: <c>[host[:port]/]path[:tag][@digest]</c>, by the grammar of the distribution project's reference
/// package and the distribution-spec.
/// </summary>
/// <param name="Name">Host and path.</param>
/// <param name="Tag">"latest" where none was given.</param>
/// <param name="Digest">sha256: and 64 hex digits; null where none was given.</param>
internal sealed record ImageReference(string Name, string Tag, string? Digest)
{
    internal const string DefaultTag = "latest";

    private const int MaximumNameLength = 255;
    private const int MaximumTagLength = 128;
    private const string LowerAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LowerAndDigits;

    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(LowerAndDigits + "._-");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(LettersAndDigits + ".-");
    private static readonly SearchValues<char> TagCharacters = SearchValues.Create(LettersAndDigits + "_.-");

    /// <exception cref="EngineException">ImageReferenceInvalid, naming the fault.</exception>
    internal static ImageReference Parse(string text) => TryParse(text, out string fault) ?? throw new EngineException(
        EngineErrors.ImageReferenceInvalid, $"'{text}' is no name for an image: {fault}.", text);

    /// <summary>The name that an image is to have; null for none.</summary>
    /// <exception cref="EngineException">ImageReferenceInvalid.</exception>
    internal static ImageReference? ParseName(string? name)
    {
        if (name is null) return null;
        ImageReference reference = Parse(name);
        return reference.Digest is null
            ? reference
            : throw new EngineException(
                EngineErrors.ImageReferenceInvalid,
                $"An image cannot be named '{name}': its digest comes from its content.", name);
    }

    /// <returns>Null where the text is none; then <paramref name="fault"/> is the end of a sentence that says why.</returns>
    internal static ImageReference? TryParse(string text, out string fault)
    {
        string name = text;
        string tag = DefaultTag;
        string? digest = null;
        int at = name.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            digest = name[(at + 1)..];
            name = name[..at];
        }

        int colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/'))
        {
            tag = name[(colon + 1)..];
            name = name[..colon];
        }

        fault = FaultOfName(name) ?? FaultOfTag(tag) ?? FaultOfDigest(digest) ?? "";
        return fault.Length == 0 ? new ImageReference(name, tag, digest) : null;
    }

    /// <summary>name:tag, as the store's table has it.</summary>
    public override string ToString() => $"{Name}:{Tag}";

    private static string? FaultOfName(string name)
    {
        if (name.Length == 0) return "the name is empty";
        if (name.Length > MaximumNameLength) return $"the name is longer than {MaximumNameLength} characters";
        // With these, a name could not be told from a digest or an id.
        if (name == "sha256" || ContentDigest.IsHex(name)) return "it has the form of a digest or an id";

        string[] components = name.Split('/');
        bool hasHost = components.Length > 1
            && (components[0].AsSpan().ContainsAny('.', ':') || components[0] == "localhost");
        if (hasHost && FaultOfHost(components[0]) is { } fault) return fault;
        return components.Skip(hasHost ? 1 : 0).Select(FaultOfPathComponent).FirstOrDefault(static f => f is not null);
    }

    private static string? FaultOfHost(string host)
    {
        int colon = host.LastIndexOf(':');
        if (colon >= 0 && !ushort.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return $"the port '{host[(colon + 1)..]}' of the host is no number from 0 to 65535";

        string address = colon < 0 ? host : host[..colon];
        int wrong = address.AsSpan().IndexOfAnyExcept(HostCharacters);
        if (wrong >= 0) return $"the host '{address}' has the character '{address[wrong]}'";
        return address.Split('.').Any(static label => label.Length == 0 || label[0] == '-' || label[^1] == '-')
            ? $"the host '{address}' has an empty part, or one that begins or ends with '-'"
            : null;
    }

    private static string? FaultOfPathComponent(string component)
    {
        if (component.Length == 0) return "a part of the path is empty";
        int wrong = component.AsSpan().IndexOfAnyExcept(PathCharacters);
        if (wrong >= 0)
        {
            return char.IsUpper(component[wrong])
                ? $"'{component}' has the capital letter '{component[wrong]}'"
                : $"'{component}' has the character '{component[wrong]}'";
        }

        if (!char.IsAsciiLetterOrDigit(component[0]) || !char.IsAsciiLetterOrDigit(component[^1]))
            return $"'{component}' does not begin and end with a letter or digit";

        for (int i = 1; i < component.Length - 1; i++)
        {
            if (char.IsAsciiLetterOrDigit(component[i])) continue;
            int end = component.AsSpan(i).IndexOfAnyExcept('.', '_', '-') + i;
            string separator = component[i..end];
            bool allowed = separator is "." or "_" or "__" || !separator.AsSpan().ContainsAnyExcept('-');
            if (!allowed) return $"'{component}' has '{separator}' between its letters; '.', '_', '__' or '-' may stand there";
            i = end;
        }

        return null;
    }

    private static string? FaultOfTag(string tag)
    {
        if (tag.Length == 0) return "the tag after ':' is empty";
        if (tag.Length > MaximumTagLength) return $"the tag is longer than {MaximumTagLength} characters";
        int wrong = tag.AsSpan().IndexOfAnyExcept(TagCharacters);
        if (wrong >= 0) return $"the tag '{tag}' has the character '{tag[wrong]}'";
        return tag[0] is '.' or '-' ? $"the tag '{tag}' begins with '{tag[0]}'" : null;
    }

    private static string? FaultOfDigest(string? digest) =>
        digest is null || ContentDigest.TryGetHex(digest, out _)
            ? null
            : $"the digest '{digest}' is not 'sha256:' and 64 hexadecimal digits in lower case";
}
