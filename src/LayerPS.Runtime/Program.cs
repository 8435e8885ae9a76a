using LayerPS.Runtime.Commands;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Monitor;
using LayerPS.Runtime.Oci;

namespace LayerPS.Runtime;

/// <summary>
/// The command line of <c>layerps-runtime</c>: what the cmdlets of LayerPS start, the stages that it starts itself, and the commands
/// of an OCI runtime.
/// </summary>
internal static class Program
{
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
            default:
                return OciCommandLine.Run(arguments);
        }
    }
}
