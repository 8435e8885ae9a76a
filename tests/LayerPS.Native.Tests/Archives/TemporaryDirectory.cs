namespace LayerPS.Tests.Archives;

/// <summary>A directory of a test's own, gone afterwards whatever names and modes are in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("layerps-archives-").FullName;

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal string Make(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose() => Shell.Run("rm", "-rf", "--one-file-system", Path);
}
