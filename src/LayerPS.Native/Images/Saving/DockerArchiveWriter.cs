using System.Text.Json;
using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>Writes images as 'docker save' did before version 25: a folder for each layer, named by its id.</summary>
internal sealed class DockerArchiveWriter(LayerSaver layers, ArchiveTarget target)
{
    internal void Write(IReadOnlyList<SavedImage> images)
    {
        HashSet<string> written = [];
        foreach (SavedImage image in images)
        {
            foreach (ImageLayer layer in image.Image.Layers)
                if (written.Add(layer.Id)) Write(layer, image);
            target.Write(ConfigurationOf(image), image.Configuration);
        }

        DockerManifestWriter.Write(target, images, ConfigurationOf, FileOf);
    }

    private static string ConfigurationOf(SavedImage image) => $"{image.Id}.json";

    private static string FileOf(ImageLayer layer) => $"{layer.Id}/layer.tar";

    private void Write(ImageLayer layer, SavedImage image)
    {
        bool isTop = layer.Id == image.Image.Layers[^1].Id;
        ImageSpec spec = image.Image.Content.Spec;
        DockerArchiveLayer metadata = new()
        {
            Id = layer.Id,
            Parent = layer.Parent,
            Created = layer.Created,
            Architecture = spec.Architecture,
            Os = spec.Os,
            Config = isTop ? spec.Config : null,
        };
        target.WriteDirectory($"{layer.Id}/");
        target.Write($"{layer.Id}/VERSION", "1.0"u8.ToArray());
        target.Write(
            $"{layer.Id}/json", JsonSerializer.SerializeToUtf8Bytes(metadata, ImageJson.Default.DockerArchiveLayer));
        target.WriteStream(file =>
        {
            layers.Write(layer, file);
            return FileOf(layer);
        });
    }
}
