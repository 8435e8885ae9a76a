using System.Globalization;
using LayerPS.Containers;

namespace LayerPS.Storage;

/// <summary>The layout's number in the store's <c>version</c> file.</summary>
internal static class StoreVersion
{
    private const int Current = 1;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Others may pass through to the files of a container that they own, and see no names.
    private const UnixFileMode PassThrough = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode AnyoneReads = PassThrough | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Makes an empty store where there is none, and refuses one from the future.</summary>
    /// <exception cref="EngineException">StoreVersionUnsupported.</exception>
    internal static void Ensure(StoreLayout layout)
    {
        string text;
        try
        {
            text = File.ReadAllText(layout.Version);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Create(layout);
            return;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version == Current) return;
        throw new EngineException(
            EngineErrors.StoreVersionUnsupported,
            $"The store '{layout.Root}' has version '{text.Trim()}'; this LayerPS knows version {Current}.", layout.Root);
    }

    private static void Create(StoreLayout layout)
    {
        Directory.CreateDirectory(layout.Root, PassThrough);
        foreach (string folder in (ReadOnlySpan<string>)[layout.Layers, layout.Containers, layout.ContainerNames])
            Directory.CreateDirectory(folder, PassThrough);
        foreach (string folder in (ReadOnlySpan<string>)[layout.Blobs, layout.Staging])
            Directory.CreateDirectory(folder, OwnerOnly);
        foreach (string folder in (ReadOnlySpan<string>)["proc", "dev", "sys", "etc"])
            Directory.CreateDirectory(Path.Combine(layout.MountPoints, folder), AnyoneReads);
        foreach (string file in ContainerFiles.Mounted)
            File.WriteAllBytes(Path.Combine(layout.MountPoints, "etc", file), []);
        AtomicFile.Write(layout.Version, "1"u8, durable: true);
    }
}
