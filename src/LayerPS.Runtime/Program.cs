using LayerPS.Runtime.Init;
using LayerPS.Runtime.Monitor;

namespace LayerPS.Runtime;

/// <summary>The command line of <c>layerps-runtime</c>.</summary>
internal static class Program
{
    private const string Usage = """
        usage: layerps-runtime monitor --bundle DIRECTORY ID
               layerps-runtime --version

        Starts the container whose OCI bundle is DIRECTORY and watches it until it ends. The LayerPS cmdlets call
        this; nobody else has to.
        """;

    internal static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["monitor", "--bundle", var bundle, var id]:
                return new ContainerMonitor(bundle, id).Run();
            case [InitArguments.Command, ..] when InitArguments.TryParse(arguments, out InitArguments? init):
                return new InitProcess(init).Run();
            case ["--version"]:
                Console.Out.WriteLine($"layerps-runtime {typeof(Program).Assembly.GetName().Version?.ToString(3)}");
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
