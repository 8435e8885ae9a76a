using LayerPS.Oci;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>The versions of the program and of the specification.</summary>
internal static class VersionCommand
{
    internal static string Number => typeof(VersionCommand).Assembly.GetName().Version?.ToString(3) ?? "0";

    internal static int Run()
    {
        Console.Out.WriteLine($"layerps-runtime version {Number}");
        Console.Out.WriteLine($"spec: {RuntimeSpec.Version}");
        return 0;
    }
}
