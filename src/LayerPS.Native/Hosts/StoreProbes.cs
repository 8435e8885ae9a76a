using System.Globalization;
using System.Text;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Hosts;

/// <summary>The place of the store, whether it is there already or not.</summary>
internal static class StoreProbes
{
    private const long EnoughSpace = 1_000_000_000;
    private const string Elsewhere = "Keep the store elsewhere, by $env:LAYERPS_ROOT: ";

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("store-writable", "Images and containers are files there.",
            Elsewhere + "where this user may write.", () => FindWritable(layout)) { IsRequired = true },
        new("store-filesystem", "Its files are what the containers see.",
            Elsewhere + "on a file system of this machine, such as ext4, xfs or btrfs.", () => FindFileSystem(layout)),
        new("store-space", "Images and what containers write need room.",
            Elsewhere + "on a file system with room, or make room there.", () => FindSpace(layout)),
        new("store-xattr", "Overlays mark replaced directories by a trusted attribute; images have attributes too.",
            "Run pwsh as root. " + Elsewhere + "on a file system with trusted.* and user.* attributes.",
            () => FindAttributes(layout)) { IsRequired = true },
    ];

    private static ProbeFinding FindWritable(StoreLayout layout)
    {
        using var place = new ProbeDirectory(layout);
        return ProbeFinding.Good(layout.Root);
    }

    // A network's file system keeps neither the locks nor the overlays of one machine from another's.
    private static ProbeFinding FindFileSystem(StoreLayout layout)
    {
        string type = DriveOf(layout).DriveFormat;
        return new ProbeFinding(type is not ("nfs" or "nfs4" or "cifs" or "smb3" or "9p" or "overlay" or "fuse"), type);
    }

    private static ProbeFinding FindSpace(StoreLayout layout)
    {
        long free = DriveOf(layout).AvailableFreeSpace;
        string text = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:0.0} GB free");
        return new ProbeFinding(free >= EnoughSpace, text);
    }

    private static ProbeFinding FindAttributes(StoreLayout layout)
    {
        using var place = new ProbeDirectory(layout);
        using SafeFileHandle directory = FileTree.OpenDirectory(place.Make("marked"));
        foreach (string attribute in (ReadOnlySpan<string>)["trusted.overlay.opaque", "user.layerps"])
            ExtendedAttributes.Set(directory, Encoding.UTF8.GetBytes(attribute), "y"u8);
        return ProbeFinding.Good("trusted.overlay.*, user.*");
    }

    private static DriveInfo DriveOf(StoreLayout layout) => new(ProbeDirectory.NearestFolder(layout));
}
