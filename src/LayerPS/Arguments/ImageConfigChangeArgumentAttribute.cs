using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace LayerPS.Arguments;

/// <summary>
/// Lets a parameter of <see cref="ImageConfigChange"/> take a hashtable with the names of an image's configuration, and
/// instructions as a Dockerfile has them: <c>'CMD ["sh"]', 'ENV A=1'</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ImageConfigChangeArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly KeyValueArgumentAttribute Pairs = new();
    private static readonly CommandArgumentAttribute Words = new();

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = Unwrap(inputData);
        if (input is ImageConfigChange whole) return whole;
        ImageConfigChange change = new();
        if (input is IDictionary map)
        {
            foreach (object key in map.Keys) change = With(change, $"{key}", map[key], engineIntrinsics);
            return change;
        }

        foreach (object? item in input is string ? new[] { input } : (input as IEnumerable)?.Cast<object?>() ?? [])
            change = WithInstruction(change, $"{Unwrap(item!)}", engineIntrinsics);
        return change;
    }

    private static ImageConfigChange WithInstruction(ImageConfigChange change, string line, EngineIntrinsics engine)
    {
        string[] parts = line.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2)
            throw new ArgumentTransformationMetadataException($"'{line}' is no instruction with a value, such as 'CMD [\"sh\"]'.");
        string name = parts[0].ToUpperInvariant(), value = parts[1].Trim();
        object meant = name switch
        {
            "CMD" or "ENTRYPOINT" => WordsOf(value) ?? ["/bin/sh", "-c", value],
            "VOLUME" => WordsOf(value) ?? Split(value),
            "EXPOSE" => Split(value),
            "ENV" or "LABEL" => value.Contains('=', StringComparison.Ordinal)
                ? PairsOf(value)
                : new[] { string.Join('=', value.Split((char[]?)null, 2)) },
            _ => value,
        };
        return With(change, name, meant, engine);
    }

    private static ImageConfigChange With(ImageConfigChange change, string name, object? value, EngineIntrinsics engine) =>
        name.ToUpperInvariant() switch
        {
            "CMD" or "COMMAND" => change with { Cmd = Strings(value, engine) },
            "ENTRYPOINT" => change with { Entrypoint = Strings(value, engine) },
            "ENV" or "ENVIRONMENT" => change with { Env = [.. change.Env, .. KeyValues(value, engine)] },
            "USER" => change with { User = $"{value}" },
            "WORKDIR" or "WORKINGDIR" or "WORKINGDIRECTORY" => change with { WorkingDir = $"{value}" },
            "LABEL" or "LABELS" => change with
            {
                Labels = KeyValueArgumentAttribute.ToDictionary(
                    [.. change.Labels.Select(static label => $"{label.Key}={label.Value}"), .. KeyValues(value, engine)]),
            },
            "EXPOSE" or "EXPOSEDPORT" or "EXPOSEDPORTS" => change with
            {
                ExposedPorts = [.. change.ExposedPorts, .. Strings(value, engine)],
            },
            "VOLUME" or "VOLUMES" => change with { Volumes = [.. change.Volumes, .. Strings(value, engine)] },
            "STOPSIGNAL" => change with { StopSignal = $"{value}" },
            _ => throw new ArgumentTransformationMetadataException(
                $"'{name}' cannot be changed. What can is Cmd, Entrypoint, Env, ExposedPort, Label, StopSignal, User, " +
                "Volume and WorkingDir."),
        };

    private static object Unwrap(object input) => input is PSObject wrapped ? wrapped.BaseObject : input;

    private static string[] Strings(object? value, EngineIntrinsics engine) =>
        value is null ? [] : (string[])Words.Transform(engine, value);

    private static string[] KeyValues(object? value, EngineIntrinsics engine) =>
        value is null ? [] : (string[])Pairs.Transform(engine, value);

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // Null for what is no JSON array of strings: then it is a line for the shell.
    private static string[]? WordsOf(string text)
    {
        if (!text.StartsWith('[')) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(static word => word.GetString() ?? "")];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // KEY=VALUE KEY="VALUE WITH BLANKS"
    private static List<string> PairsOf(string text)
    {
        List<string> pairs = [];
        System.Text.StringBuilder pair = new();
        char quote = '\0';
        foreach (char c in text + " ")
        {
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (pair.Length > 0) pairs.Add(pair.ToString());
                pair.Clear();
            }
            else if (c == quote || (quote == '\0' && c is '"' or '\''))
            {
                quote = quote == '\0' ? c : '\0';
            }
            else
            {
                pair.Append(c);
            }
        }

        if (pair.Length > 0) pairs.Add(pair.ToString());
        return pairs;
    }
}
