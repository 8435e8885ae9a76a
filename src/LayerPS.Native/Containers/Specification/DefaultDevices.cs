using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>
/// The devices that a container may use, wherever it finds or makes nodes of them: those that it has in /dev, and terminals
/// (the kernel's admin-guide/devices.txt has the numbers).
/// </summary>
internal static class DefaultDevices
{
    private const string Everything = "rwm";

    internal static readonly RuntimeDeviceRule[] Rules =
    [
        new() { Allow = false, Access = Everything },
        Character(1, 3), Character(1, 5), Character(1, 7), Character(1, 8), Character(1, 9), // null zero full random urandom
        Character(5, 0), Character(5, 1), Character(5, 2), Character(136, null), // tty console ptmx, and pts
    ];

    private static RuntimeDeviceRule Character(uint major, uint? minor) =>
        new() { Allow = true, Type = "c", Major = major, Minor = minor, Access = Everything };
}
