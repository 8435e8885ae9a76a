using System.Management.Automation;

namespace LayerPS.Arguments;

/// <summary>
/// What a person typed as a container's command. A word with a dash that PowerShell knows no parameter for ends up there,
/// also when it was meant for the cmdlet, as with docker's <c>-it</c> and <c>--rm</c>.
/// </summary>
internal static class ContainerCommandLine
{
    /// <summary>Docker's words whose parameter has quite another name.</summary>
    private static readonly Dictionary<string, string> DockerWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["rm"] = "Remove", ["d"] = "Detach", ["e"] = "Environment", ["env"] = "Environment", ["w"] = "WorkingDirectory",
        ["workdir"] = "WorkingDirectory", ["u"] = "User", ["h"] = "Hostname", ["l"] = "Label", ["net"] = "Network",
        ["v"] = "Volume", ["mount"] = "Volume", ["t"] = "Tty", ["i"] = "Interactive", ["it"] = "Interactive",
        ["ti"] = "Interactive", ["p"] = "Publish", ["m"] = "Memory",
    };

    /// <param name="command">The program and its arguments.</param>
    /// <param name="cmdlet">Which parameters could have been meant.</param>
    /// <exception cref="EngineException">ContainerCommandInvalid: the program begins with a dash.</exception>
    internal static void Check(string[] command, CommandInfo cmdlet)
    {
        if (command is not [['-', ..] word, ..]) return;
        string name = word.TrimStart('-').Split('=', ':')[0].Replace("-", "", StringComparison.Ordinal);
        string? meant = Meant(name, cmdlet.Parameters.Keys);
        string suggestion = meant is null ? "" : $" Did you mean -{meant}?";
        throw new EngineException(
            EngineErrors.ContainerCommandInvalid,
            $"'{word}' is no parameter of {cmdlet.Name}, and no program's name begins with a dash.{suggestion}", word);
    }

    private static string? Meant(string name, ICollection<string> parameters)
    {
        if (!DockerWords.TryGetValue(name, out string? docker))
        {
            return parameters.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? NearestName.Of(name, parameters);
        }

        return parameters.Contains(docker, StringComparer.OrdinalIgnoreCase) ? docker : null;
    }
}
