using System.Globalization;
using LayerPS.Containers;
using LayerPS.Oci;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Configuration;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Executes a further command in a container, said by a file or by words.</summary>
internal static class ExecCommand
{
    private static readonly string[] Flags = ["detach d", "tty t", "no-new-privs", "no-subreaper"];
    private static readonly string[] Unsupported = ["apparmor", "process-label", "cgroup"];

    private static readonly string[] Values =
    [
        "process p", "pid-file", "console-socket", "preserve-fds", "cwd", "env e", "user u", "cap c", "additional-gids g", .. Unsupported,
    ];

    internal static int Run(GlobalOptions global, OciLog log, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, Flags, Values, interspersed: false);
        string id = ContainerArgument.First(options, "exec");
        if (Array.Find(Unsupported, name => options.Value(name) is { Length: > 0 }) is { } unsupported)
            throw new OciException($"--{unsupported}: this runtime does not support it.");
        return new Containers.ContainerExecution(global, log).Run(id, new ExecutionOptions
        {
            Process = ProcessOf(options),
            User = options.Value("user"),
            Detached = options.Has("detach"),
            PidFile = CreateCommand.PathOf(options, "pid-file"),
            ConsoleSocket = CreateCommand.PathOf(options, "console-socket"),
            PreservedDescriptors = options.Number("preserve-fds", 0),
        });
    }

    private static Func<RuntimeProcess, RuntimeProcess> ProcessOf(OptionSet options)
    {
        if (options.Value("process") is { } file)
        {
            RuntimeProcess read = SpecificationFile.ReadProcess(file);
            return _ => read;
        }

        string[] words = [.. options.Rest.Skip(1)];
        if (words.Length == 0) throw new OciException("'exec' takes a command, or --process FILE.");
        return own => own with
        {
            Args = words,
            Env = ContainerConfigMerge.MergeEnvironment(own.Env, options.Values("env")),
            Cwd = options.Value("cwd") ?? own.Cwd,
            Terminal = options.Has("tty"),
            ConsoleSize = null,
            NoNewPrivileges = own.NoNewPrivileges || options.Has("no-new-privs"),
            User = own.User with { AdditionalGids = [.. own.User.AdditionalGids, .. options.Values("additional-gids").Select(NumberOf)] },
            Capabilities = With(own.Capabilities ?? new RuntimeCapabilities(), options.Values("cap")),
        };
    }

    private static RuntimeCapabilities With(RuntimeCapabilities sets, IReadOnlyList<string> more) => sets with
    {
        Bounding = [.. sets.Bounding, .. more], Effective = [.. sets.Effective, .. more], Permitted = [.. sets.Permitted, .. more],
    };

    private static uint NumberOf(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
        ? number
        : throw new OciException($"--additional-gids: '{text}' is no number.");
}
