namespace LayerPS.Runtime.Oci.Arguments;

/// <summary>What is said before the command.</summary>
internal sealed record GlobalOptions
{
    private const string DefaultRoot = "/run/layerps/oci";

    private static readonly string[] Flags = ["systemd-cgroup", "debug", "version v", "help h"];
    private static readonly string[] WithValue = ["root", "log", "log-format", "log-level", "rootless", "cgroup-manager", "criu"];

    /// <summary>Where the state of the containers is.</summary>
    internal required string Root { get; init; }

    /// <summary>The file that messages are added to; null for standard error.</summary>
    internal string? Log { get; init; }

    /// <summary>One JSON object a line.</summary>
    internal bool LogIsJson { get; init; }

    /// <summary>Details are told as well.</summary>
    internal bool Debug { get; init; }

    /// <summary>Paths of cgroups are <c>slice:prefix:name</c>.</summary>
    internal bool SystemdCgroup { get; init; }

    internal bool Version { get; init; }

    internal bool Help { get; init; }

    /// <summary>The command and what follows.</summary>
    internal required string[] Rest { get; init; }

    internal static GlobalOptions Parse(string[] arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, Flags, WithValue, interspersed: false);
        string format = options.Value("log-format") ?? "text";
        if (format is not ("text" or "json")) throw new OciException($"--log-format: '{format}' is neither text nor json.");
        return new GlobalOptions
        {
            Root = Path.GetFullPath(options.Value("root") ?? DefaultRoot),
            Log = options.Value("log") is { Length: > 0 } log ? log : null,
            LogIsJson = format == "json",
            Debug = options.Has("debug"),
            SystemdCgroup = options.Has("systemd-cgroup") || options.Value("cgroup-manager") == "systemd",
            Version = options.Has("version"),
            Help = options.Has("help"),
            Rest = [.. options.Rest],
        };
    }
}
