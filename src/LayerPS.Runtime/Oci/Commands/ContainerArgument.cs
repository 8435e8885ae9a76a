using LayerPS.Runtime.Oci.Arguments;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>The container that a command is about.</summary>
internal static class ContainerArgument
{
    /// <summary>The one word that a command takes.</summary>
    internal static string Only(OptionSet options, string command)
    {
        if (options.Rest.Count != 1) throw new OciException($"'{command}' takes the name of one container.");
        return options.Rest[0];
    }

    /// <summary>The first of several.</summary>
    internal static string First(OptionSet options, string command) =>
        options.Rest.Count > 0 ? options.Rest[0] : throw new OciException($"'{command}' takes the name of a container.");
}
