namespace LayerPS;

/// <summary>A file of environment variables, a line each, as <c>docker run --env-file</c> takes it.</summary>
public static class EnvironmentFile
{
    /// <summary>Reads it. A line with a name alone takes the variable's value from this process, if it has it.</summary>
    /// <param name="path">The file, in UTF-8. Empty lines and those that begin with # do not count.</param>
    /// <returns>KEY=VALUE. What stands after the first '=' is the value as it is; quotes are part of it.</returns>
    /// <exception cref="EngineException">ContainerOptionInvalid, which names the line.</exception>
    public static IEnumerable<string> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid, $"The environment file '{path}' cannot be read: {e.Message}", path, null, e);
        }

        return lines.Select((line, index) => Parse(line.TrimStart(), $"{path}:{index + 1}")).OfType<string>();
    }

    private static string? Parse(string line, string place)
    {
        if (line.Length == 0 || line[0] == '#') return null;
        string name = line.Split('=', 2)[0];
        if (name.Length == 0 || name.Any(char.IsWhiteSpace))
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid,
                $"{place}: '{line}' is no variable. Write KEY=VALUE, without spaces before the '='.", place);
        }

        if (name.Length < line.Length) return line;
        return Environment.GetEnvironmentVariable(name) is { } value ? $"{name}={value}" : null;
    }
}
