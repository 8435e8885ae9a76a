using System.Text.Json;
using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>Writes the two lists of an archive of docker: <c>manifest.json</c> and, for the oldest, <c>repositories</c>.</summary>
internal static class DockerManifestWriter
{
    internal const string RepositoriesName = "repositories";

    /// <param name="target">Takes the files.</param>
    /// <param name="images">The images.</param>
    /// <param name="configuration">The name of the file with an image's configuration.</param>
    /// <param name="layer">The name of a layer's file.</param>
    internal static void Write(
        SaveTarget target, IReadOnlyList<SavedImage> images, Func<SavedImage, string> configuration,
        Func<ImageLayer, string> layer)
    {
        List<DockerArchiveImage> described =
        [
            .. images.Select(image => new DockerArchiveImage
            {
                Config = configuration(image),
                RepoTags = image.Names,
                Layers = [.. image.Image.Layers.Select(layer)],
            }),
        ];
        target.Write(
            DockerArchiveReader.ManifestName,
            JsonSerializer.SerializeToUtf8Bytes(described, ImageJson.Default.ListDockerArchiveImage));
        target.Write(
            RepositoriesName,
            JsonSerializer.SerializeToUtf8Bytes(
                Repositories(images), ImageJson.Default.SortedDictionaryStringSortedDictionaryStringString));
    }

    private static SortedDictionary<string, SortedDictionary<string, string>> Repositories(IReadOnlyList<SavedImage> images)
    {
        SortedDictionary<string, SortedDictionary<string, string>> repositories = new(StringComparer.Ordinal);
        foreach (SavedImage image in images.Where(static image => image.Image.Layers.Count > 0))
        {
            foreach (string name in image.Names)
            {
                int colon = name.LastIndexOf(':');
                if (!repositories.TryGetValue(name[..colon], out SortedDictionary<string, string>? tags))
                    repositories.Add(name[..colon], tags = new(StringComparer.Ordinal));
                tags[name[(colon + 1)..]] = image.Image.Layers[^1].Id;
            }
        }

        return repositories;
    }
}
