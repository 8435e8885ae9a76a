using LayerPS.Linux;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Creates a container from a bundle (runtime-spec, runtime.md, "Create").</summary>
internal static class CreateCommand
{
    internal static readonly string[] Flags = ["no-pivot", "no-new-keyring"];
    internal static readonly string[] Values = ["bundle b", "pid-file", "console-socket", "preserve-fds"];

    internal static int Run(GlobalOptions global, OciLog log, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, Flags, Values);
        CreationOptions creation = Read(options);
        _ = new ContainerCreation(global, log).Create(ContainerArgument.Only(options, "create"), creation);
        return 0;
    }

    internal static CreationOptions Read(OptionSet options) => new()
    {
        Bundle = options.Value("bundle") ?? ".",
        PidFile = PathOf(options, "pid-file"),
        ConsoleSocket = PathOf(options, "console-socket"),
        PreservedDescriptors = options.Number("preserve-fds", 0),
        NoPivot = options.Has("no-pivot"),
    };

    /// <summary>The file that an option names; null for none.</summary>
    internal static string? PathOf(OptionSet options, string name) =>
        options.Value(name) is { Length: > 0 } path ? Path.GetFullPath(path) : null;
}
