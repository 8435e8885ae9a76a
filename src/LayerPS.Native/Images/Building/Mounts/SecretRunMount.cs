using System.Text;
using System.Text.RegularExpressions;

namespace LayerPS.Images;

/// <summary>A secret as a file, or as a variable. Neither its content nor whether it is there is a part of the step's key.</summary>
internal sealed partial class SecretRunMount : IRunMount
{
    private const uint OwnerReads = 256; // r--------
    private const string StandardFolder = "/run/secrets/";

    private readonly RunMountOptions _options;
    private readonly BuildSecret? _secret;
    private readonly string _id;
    private readonly (uint Mode, uint Uid, uint Gid) _attributes;

    private SecretRunMount(ImageBuild build, RunMountOptions options)
    {
        _options = options;
        _attributes = (options.Mode(OwnerReads), options.Number("uid"), options.Number("gid"));
        string? target = options.Target;
        _id = options.Text("id") ?? (target is null ? null : target[(target.LastIndexOf('/') + 1)..])
            ?? throw options.Whole.Fault("a mount of type secret wants id=…");
        if (options.Text("env") is { } name && !Identifier().IsMatch(name))
            throw options["env"]!.Fault($"'{name}' is no name of a variable");
        _secret = build.Options.Secrets.FirstOrDefault(secret => secret.Id == _id);
        if (_secret is null && options.IsOn("required"))
            throw options.Whole.Fault($"the secret '{_id}' is required, and none of the given ones has that id");
    }

    public IEnumerable<string> KeyParts => ["secret", _id];

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static SecretRunMount Make(ImageBuild build, RunMountOptions options) => new(build, options);

    public void Lay(LaidMounts mounts)
    {
        if (_secret is null) return;
        byte[] content = _secret.Read();
        string? variable = _options.Text("env"), target = _options.Target;
        if (variable is not null)
        {
            if (content.Contains((byte)0)) throw _options["env"]!.Fault($"the secret '{_id}' has a NUL byte; no variable can hold that");
            mounts.AddVariable(variable, Encoding.UTF8.GetString(content));
        }

        if (variable is not null && target is null) return;
        mounts.AddSecret(
            target ?? StandardFolder + _id, content, _attributes.Mode, _attributes.Uid, _attributes.Gid);
    }

    public void Dispose()
    {
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
