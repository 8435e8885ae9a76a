namespace LayerPS.Storage;

/// <summary>A directory that steps of builds keep from one build to the next.</summary>
/// <param name="Name">Of its directory in the store.</param>
/// <param name="Id">What Dockerfiles call it.</param>
/// <param name="Path">Its directory in the store.</param>
internal sealed record CacheMount(string Name, string Id, string Path)
{
    private const string FilesName = "data", IdName = "id";

    /// <summary>What is mounted.</summary>
    internal string Files => FilesIn(Path);

    internal static string FilesIn(string directory) => System.IO.Path.Combine(directory, FilesName);

    /// <summary>The file that says the id.</summary>
    internal static string IdIn(string directory) => System.IO.Path.Combine(directory, IdName);
}
