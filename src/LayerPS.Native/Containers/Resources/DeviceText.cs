using LayerPS.Linux;
using LayerPS.Oci;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>A device of the host for a container: <c>/dev/fuse</c>, <c>/dev/sda:/dev/disk:r</c>.</summary>
/// <param name="Source">Its node on the host.</param>
/// <param name="Destination">Where the container has it, below /dev.</param>
/// <param name="Access">r to read, w to write; m, to make nodes of it, is always there.</param>
internal sealed record DeviceText(string Source, string Destination, string Access)
{
    private const string Directory = "/dev/";

    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static DeviceText Parse(string text)
    {
        string[] parts = text.Split(':');
        string access = "rwm";
        if (parts.Length > 1 && IsAccess(parts[^1]))
        {
            access = parts[^1];
            parts = parts[..^1];
        }

        if (parts.Length is 0 or > 2 || !parts[0].StartsWith('/'))
            throw Invalid(text, $"'{text}' is no device: give /dev/NAME, /dev/NAME:/dev/INSIDE or /dev/NAME:/dev/INSIDE:rwm.");
        string inside = '/' + Images.PathPattern.Clean(parts[^1]);
        if (!inside.StartsWith(Directory, StringComparison.Ordinal) || inside.Length == Directory.Length)
            throw Invalid(text, $"'{text}' is no device of a container: those are below /dev, so say where: {parts[0]}:/dev/NAME.");
        return new DeviceText(parts[0], inside, access);
    }

    /// <summary>The node to be made, as the host's is now.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid: the host has no such device.</exception>
    internal RuntimeDevice Find()
    {
        FileStatus status = Look();
        return new RuntimeDevice
        {
            Path = Destination, Type = TypeOf(status), Major = status.Node.Major, Minor = status.Node.Minor,
            FileMode = status.Permissions, Uid = status.Uid, Gid = status.Gid,
        };
    }

    /// <summary>
    /// What its cgroup lets the container do with it. The node is made in there, so that must be allowed; one more of the
    /// kind can do no more than it.
    /// </summary>
    internal RuntimeDeviceRule RuleOf(RuntimeDevice device) => new()
    {
        Allow = true, Type = device.Type, Major = device.Major, Minor = device.Minor,
        Access = Access.Contains('m') ? Access : Access + 'm',
    };

    private FileStatus Look()
    {
        FileStatus status;
        try
        {
            using SafeFileHandle node = new(Descriptors.Open(Source, LibC.O_PATH), ownsHandle: true);
            status = FileStatus.Of(node);
        }
        catch (LinuxException failure)
        {
            throw Invalid(Source, $"There is no device '{Source}': {failure.Message}");
        }

        return status.Type is FileType.CharacterDevice or FileType.BlockDevice
            ? status
            : throw Invalid(Source, $"'{Source}' is no device.");
    }

    private static string TypeOf(in FileStatus status) => status.Type == FileType.BlockDevice ? "b" : "c";

    private static bool IsAccess(string text) =>
        text.Length is > 0 and <= 3 && text.All(static c => c is 'r' or 'w' or 'm') && text.Distinct().Count() == text.Length;

    private static EngineException Invalid(string target, string message) =>
        new(EngineErrors.ContainerOptionInvalid, message, target);
}
