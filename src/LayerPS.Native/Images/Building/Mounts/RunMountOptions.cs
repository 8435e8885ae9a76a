using System.Globalization;
using LayerPS.Dockerfiles;

namespace LayerPS.Images;

/// <summary>The options of one --mount, with variables put in.</summary>
internal sealed class RunMountOptions(RunMount mount, StageState state)
{
    /// <summary>Where it is mounted; a relative path is below the working directory.</summary>
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal string? Target => Text("target") is { } target ? "/" + PathPattern.Clean(state.PathOf(target)) : null;

    internal BuildStage Stage => state.Stage;

    internal Word Whole => mount.Word;

    internal Word? this[string option] => mount[option];

    /// <summary>Null where it is not given, or empty.</summary>
    internal string? Text(string option) =>
        mount[option] is { } word && state.Expansion.Expand(word) is { Length: > 0 } text ? text : null;

    /// <exception cref="EngineException">DockerfileInvalid: it is neither true nor false.</exception>
    internal bool IsOn(string option) => Text(option)?.ToLowerInvariant() switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        var other => throw mount[option]!.Fault($"'{option}' is true or false, not '{other}'"),
    };

    /// <exception cref="EngineException">DockerfileInvalid: it is no number.</exception>
    internal uint Number(string option) => Text(option) is not { } text ? 0
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number
        : throw mount[option]!.Fault($"'{option}' is a number, not '{text}'");

    /// <summary>Permissions in octal digits.</summary>
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal uint Mode(uint standard)
    {
        if (Text("mode") is not { } text) return standard;
        return text.Length <= 5 && text.All(static c => c is >= '0' and <= '7')
            ? Convert.ToUInt32(text, 8) & 0xfff
            : throw mount["mode"]!.Fault($"'mode' is octal digits such as 0400, not '{text}'");
    }
}
