using LayerPS.Archives;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Makes a layer of the writable directory of a union.</summary>
internal static class WritableLayer
{
    internal static StagedLayer Stage(ImageBuild build, string upper, string? parent)
    {
        DirectoryTarOptions form = new()
        {
            Whiteouts = true,
            Warning = build.Options.Warning,
            Latest = build.Timestamp is { } time ? new FileTime(time.ToUnixTimeSeconds(), 0) : null,
        };
        return TarPipe.Run(
            (tar, stop) => DirectoryTar.Write(upper, tar, form, stop),
            tar => new LayerStore(build.Layout).Stage(tar, parent, UnpackOptions.Layer, null, build.Stop),
            build.Stop);
    }
}
