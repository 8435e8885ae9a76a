using LayerPS.Runtime.Commands;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Monitor;

namespace LayerPS.Runtime;

/// <summary>The command line of <c>layerps-runtime</c>.</summary>
internal static class Program
{
    private const string Usage = """
        usage: layerps-runtime monitor --bundle DIRECTORY [--attach SOCKET] ID
               layerps-runtime --version

        Starts the container whose OCI bundle is DIRECTORY and watches it until it ends; attaches whoever listens on
        SOCKET in that directory from the beginning. The LayerPS cmdlets call this; nobody else has to.
        """;

    internal static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["monitor", "--bundle", var bundle, var id]:
                return new ContainerMonitor(bundle, id).Run();
            case ["monitor", "--bundle", var bundle, "--attach", var socket, var id]:
                return new ContainerMonitor(bundle, id, socket).Run();
            case [InitProcess.Name, ..] when StageArguments.TryParse(arguments, out StageArguments? init):
                return new InitProcess(init).Run();
            case [ReaperProcess.Name, ..] when StageArguments.TryParse(arguments, out StageArguments? reaper):
                return new ReaperProcess(reaper).Run();
            case ["execute"]:
                return new CommandSupervisor().Run();
            case [JoinProcess.Name, ..] when StageArguments.TryParse(arguments, out StageArguments? join):
                return new JoinProcess(join).Run();
            case ["check-users", var directory]:
                return UserMappingCheck.Run(directory);
            case ["--version"]:
                Console.Out.WriteLine($"layerps-runtime {typeof(Program).Assembly.GetName().Version?.ToString(3)}");
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
