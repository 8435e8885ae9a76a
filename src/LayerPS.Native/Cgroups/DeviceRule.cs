using System.Globalization;

namespace LayerPS.Cgroups;

/// <summary>
/// What may be done with some devices, through nodes of theirs wherever these are; of several rules the last that fits counts
/// (the kernel's cgroup-v1/devices.rst).
/// </summary>
/// <param name="Allow">Whether it may be done.</param>
/// <param name="Type">c for character devices, b for block devices, a for both.</param>
/// <param name="Major">Null for every one.</param>
/// <param name="Minor">Null for every one.</param>
/// <param name="Access">r to read, w to write, m to make nodes.</param>
internal readonly record struct DeviceRule(bool Allow, char Type, uint? Major, uint? Minor, string Access)
{
    internal const string Everything = "rwm";

    /// <summary>Whether it fits everything that can be done with any device.</summary>
    internal bool FitsAll => Type == 'a' && Major is null && Minor is null && Access == Everything;

    /// <summary>As <c>devices.allow</c> and <c>devices.deny</c> take it.</summary>
    public override string ToString() =>
        Type == 'a' ? "a" : string.Create(CultureInfo.InvariantCulture, $"{Type} {Text(Major)}:{Text(Minor)} {Access}");

    private static string Text(uint? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "*";
}
