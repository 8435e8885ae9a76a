namespace LayerPS.Linux;

/// <summary>A device's major and minor number, see makedev(3).</summary>
internal readonly record struct DeviceNumber(uint Major, uint Minor)
{
    /// <summary>0:0, which overlayfs takes for a whiteout when a character device has it.</summary>
    internal static DeviceNumber Whiteout => default;

    /// <summary>The number as glibc's dev_t has it.</summary>
    internal ulong Encoded =>
        ((ulong)(Major & 0xfffff000) << 32) | ((ulong)(Major & 0xfff) << 8)
        | ((ulong)(Minor & 0xffffff00) << 12) | (Minor & 0xff);

    internal static DeviceNumber Decode(ulong device) => new(
        (uint)((device >> 32) & 0xfffff000) | (uint)((device >> 8) & 0xfff),
        (uint)((device >> 12) & 0xffffff00) | (uint)(device & 0xff));
}
