using LayerPS.Dockerfiles;
using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>What -BuildArgument gave, and the arguments that are there without (Dockerfile reference, "ARG").</summary>
internal sealed class BuildArguments(IReadOnlyDictionary<string, string> given, ImagePlatform target)
{
    private static readonly string[] Proxies =
    [
        "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy",
        "ALL_PROXY", "all_proxy",
    ];

    internal IReadOnlyDictionary<string, string> Values => given;

    /// <summary>What FROM may use, and a stage after it has declared it.</summary>
    internal IReadOnlyDictionary<string, string> Platforms { get; } = new Dictionary<string, string>
    {
        ["TARGETPLATFORM"] = target.ToString(), ["TARGETOS"] = target.Os, ["TARGETARCH"] = target.Architecture,
        ["TARGETVARIANT"] = target.Variant ?? "",
        ["BUILDPLATFORM"] = ImagePlatform.Host.ToString(), ["BUILDOS"] = ImagePlatform.Host.Os,
        ["BUILDARCH"] = ImagePlatform.Host.Architecture, ["BUILDVARIANT"] = ImagePlatform.Host.Variant ?? "",
    };

    /// <summary>Those that RUN sees undeclared; they are in no history and in no key of the cache.</summary>
    internal IEnumerable<string> ProxyVariables =>
        given.Where(static pair => Proxies.Contains(pair.Key)).Select(static pair => $"{pair.Key}={pair.Value}");

    internal static bool IsPredefined(string name) =>
        Proxies.Contains(name) || name is "SOURCE_DATE_EPOCH" || name.StartsWith("BUILDKIT_", StringComparison.Ordinal);

    /// <summary>Gives what an ARG declares its value: the given one, else its default, else what is known of it above.</summary>
    internal void Declare(ArgInstruction arg, Dictionary<string, string> scope, Func<string, string?> above)
    {
        foreach ((Word name, Word? standard) in arg.Names)
        {
            WordExpansion expansion = new(variable => scope.GetValueOrDefault(variable) ?? above(variable));
            string key = expansion.Expand(name);
            string? value = given.TryGetValue(key, out string? asked) ? asked
                : standard is not null ? expansion.Expand(standard)
                : above(key) ?? Platforms.GetValueOrDefault(key);
            if (value is null) scope.Remove(key);
            else scope[key] = value;
        }
    }
}
