using System.Globalization;
using LayerPS.Linux;
using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>Limits of a process as a person writes them: <c>nofile=1024:2048</c>, see getrlimit(2).</summary>
internal static class UlimitText
{
    private const string Prefix = "RLIMIT_";

    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static RuntimeLimit Parse(string text)
    {
        string[] pair = text.Split('=', 2);
        string name = Prefix + pair[0].Trim().ToUpperInvariant();
        if (!ResourceLimits.Known.Contains(name))
        {
            string? near = NearestName.Of(pair[0], [.. ResourceLimits.Known.Select(known => NameOf(known))]);
            throw Invalid($"There is no limit '{pair[0]}' of a process.{(near is null ? "" : $" Did you mean {near}?")}");
        }

        string[] values = pair.Length == 2 ? pair[1].Split(':') : [];
        if (values.Length is 1 or 2 && TryParse(values[0], out ulong soft) && TryParse(values[^1], out ulong hard) && soft <= hard)
            return new RuntimeLimit { Type = name, Soft = soft, Hard = hard };
        throw Invalid($"'{text}' is no limit of a process: give name=soft or name=soft:hard, such as nofile=1024:2048.");
    }

    /// <summary>The name that a person knows it by: nofile.</summary>
    internal static string NameOf(string type) => type[Prefix.Length..].ToLowerInvariant();

    private static bool TryParse(string text, out ulong value)
    {
        value = ulong.MaxValue;
        return text is "-1" or "unlimited" || ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static EngineException Invalid(string message) => new(EngineErrors.ContainerOptionInvalid, message);
}
