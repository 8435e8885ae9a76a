using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text;

namespace LayerPS.Arguments;

/// <summary>
/// Lets a parameter of secrets take a hashtable of ids and what they are (a SecureString, a string, bytes, or a file), and
/// docker's <c>id=…,src=…</c> and <c>id=…,env=…</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BuildSecretArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Read(engineIntrinsics, inputData).ToArray();

    private static IEnumerable<BuildSecret> Read(EngineIntrinsics engine, object? input) => Unwrap(input) switch
    {
        null => [],
        BuildSecret secret => [secret],
        IDictionary map => OfMap(map),
        string text => [OfText(engine, text)],
        IEnumerable items => items.Cast<object?>().SelectMany(item => Read(engine, item)),
        var other => throw Wrong($"A {other.GetType().Name} is no secret"),
    };

    private static IEnumerable<BuildSecret> OfMap(IDictionary map)
    {
        foreach (object key in map.Keys)
        {
            string id = Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
            if (id.Length == 0) throw Wrong("A secret without an id is none");
            yield return Unwrap(map[key]) switch
            {
                SecureString secure => BuildSecret.Of(id, Encoding.UTF8.GetBytes(new NetworkCredential("", secure).Password)),
                byte[] bytes => BuildSecret.Of(id, bytes),
                FileInfo file => BuildSecret.OfFile(id, file.FullName),
                string text => BuildSecret.Of(id, Encoding.UTF8.GetBytes(text)),
                _ => throw Wrong($"The secret '{id}' is neither a SecureString, a string, bytes, nor a file"),
            };
        }
    }

    private static BuildSecret OfText(EngineIntrinsics engine, string text)
    {
        Dictionary<string, string> parts = [];
        foreach (string[] part in text.Split(',').Select(static part => part.Split('=', 2)))
            parts[part[0]] = part.Length == 2 ? part[1] : "";
        string? id = parts.GetValueOrDefault("id"), file = parts.GetValueOrDefault("src") ?? parts.GetValueOrDefault("source");
        string? variable = parts.GetValueOrDefault("env");
        bool known = parts.Keys.All(static key => key is "id" or "src" or "source" or "env" or "type");
        // What is wrong may itself be the secret, so the message does not repeat it.
        if (string.IsNullOrEmpty(id) || !known || (file is null) == (variable is null))
            throw Wrong("A secret as text is 'id=…,src=…' with a file, or 'id=…,env=…' with a variable");
        return file is null
            ? BuildSecret.OfVariable(id, variable!)
            : BuildSecret.OfFile(id, engine.SessionState.Path.GetUnresolvedProviderPathFromPSPath(file));
    }

    private static object? Unwrap(object? input) => input is PSObject wrapped ? wrapped.BaseObject : input;

    private static ArgumentTransformationMetadataException Wrong(string what) => new(
        $"{what}. Give a hashtable such as @{{ token = $secureString }}, or text such as 'id=token,src=token.txt'.");
}
