using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Configuration;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Writes a configuration to begin with: a shell in a root file system that is read-only.</summary>
internal static class SpecCommand
{
    private const string Resource = "default-config.json";

    internal static int Run(ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, [], ["bundle b"]);
        if (options.Rest.Count > 0) throw new OciException($"'spec' takes no '{options.Rest[0]}'.");
        string path = Path.Combine(Path.GetFullPath(options.Value("bundle") ?? "."), SpecificationFile.Name);
        if (File.Exists(path)) throw new OciException($"There is a '{path}' already. Remove it first.");
        using Stream resource = typeof(SpecCommand).Assembly.GetManifestResourceStream(Resource)!;
        using FileStream file = File.Create(path);
        resource.CopyTo(file);
        return 0;
    }
}
