namespace LayerPS.Images;

/// <summary>Writes the files of saved images into a directory that it makes.</summary>
internal sealed class DirectoryTarget : SaveTarget
{
    private const string UnnamedFile = ".new";

    private readonly string _directory;

    internal DirectoryTarget(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(directory);
    }

    internal override void WriteStream(Func<Stream, string> write)
    {
        string unnamed = Path.Combine(_directory, UnnamedFile);
        string name;
        using (FileStream file = new(unnamed, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
            name = write(file);
        string path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(unnamed, path, overwrite: true);
    }

    internal override void Complete()
    {
    }

    public override void Dispose()
    {
    }
}
