using System.Globalization;

namespace LayerPS.Images;

/// <summary>SOURCE_DATE_EPOCH (reproducible-builds.org): seconds since 1970, as a build argument or in the environment.</summary>
internal static class SourceDate
{
    private const string Name = "SOURCE_DATE_EPOCH";

    /// <exception cref="EngineException">BuildUnsupported: it is no number.</exception>
    internal static DateTimeOffset? Of(IReadOnlyDictionary<string, string> arguments)
    {
        string? text = arguments.GetValueOrDefault(Name) ?? Environment.GetEnvironmentVariable(Name);
        if (string.IsNullOrEmpty(text)) return null;
        const long Last = 253402300799; // 9999-12-31
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= Last
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new EngineException(
                EngineErrors.BuildUnsupported, $"{Name} is '{text}'; it is a number of seconds since 1970.", text);
    }
}
