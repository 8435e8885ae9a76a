namespace LayerPS.Images;

/// <summary>Takes the files of saved images, one after another.</summary>
internal abstract class SaveTarget : IDisposable
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Writes a file whose name and length are only known when it is written.</summary>
    /// <param name="write">Writes the content, and returns the file's name.</param>
    internal abstract void WriteStream(Func<Stream, string> write);

    /// <summary>Writes a small file, once: another one of that name is the same.</summary>
    internal void Write(string name, byte[] content)
    {
        if (!_names.Add(name)) return;
        WriteStream(file =>
        {
            file.Write(content);
            return name;
        });
    }

    /// <summary>Everything was written.</summary>
    internal abstract void Complete();

    public abstract void Dispose();
}
