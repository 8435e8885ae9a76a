using LayerPS.Oci;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Configuration;
using LayerPS.Runtime.Oci.Containers;
using LayerPS.Storage;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Changes the limits of a container while it runs: those that a file has, and those of the options.</summary>
internal static class UpdateCommand
{
    private const string StandardInput = "-";

    private static readonly string[] Values =
    [
        "resources r", "memory", "memory-swap", "cpu-shares cpu-share", "cpu-quota", "cpu-period", "cpuset-cpus", "pids-limit",
        "blkio-weight",
    ];

    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, [], Values);
        OciContainer container = OciContainer.Read(global.Root, ContainerArgument.Only(options, "update"));
        using FileLock held = container.Directory.Lock();
        container.Require("update", ContainerStatus.Created, ContainerStatus.Running, ContainerStatus.Paused);
        RuntimeResources resources = options.Value("resources") is { } file ? Read(file) : FromOptions(options);
        ResourceCheck.Check(resources);
        // What it may do with devices stays as it was: engines hand all of a container's resources, changed or not.
        ResourceRules.Apply(resources, container.Cgroup()!);
        return 0;
    }

    private static RuntimeResources Read(string file)
    {
        byte[] json = file == StandardInput ? ReadStandardInput()
            : SmallFile.TryRead(file) ?? throw new OciException($"There is no file '{file}': no such file or directory.");
        return SpecificationFile.Parse(json, RuntimeJson.Default.RuntimeResources, file);
    }

    private static byte[] ReadStandardInput()
    {
        using Stream input = Console.OpenStandardInput();
        using MemoryStream all = new();
        input.CopyTo(all);
        return all.ToArray();
    }

    private static RuntimeResources FromOptions(OptionSet options) => new()
    {
        Memory = new RuntimeMemory { Limit = options.Long("memory"), Swap = options.Long("memory-swap") },
        Cpu = new RuntimeProcessors
        {
            Shares = options.Long("cpu-shares"), Quota = options.Long("cpu-quota"), Period = options.Long("cpu-period"),
            Cpus = options.Value("cpuset-cpus"),
        },
        Pids = options.Long("pids-limit") is { } pids ? new RuntimeProcesses { Limit = pids } : null,
        BlockIo = options.Long("blkio-weight") is { } weight ? new RuntimeBlockDevices { Weight = weight } : null,
    };
}
