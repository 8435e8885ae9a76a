using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Identities;

/// <summary>
/// How files are told to a cmdlet: by a path that may have wildcards, or as an object, whose path is taken as it is.
/// Unlike <see cref="string"/>, it is not made of just any object: a row of a CSV file is taken by its columns.
/// </summary>
public sealed class FileIdentity
{
    private readonly string _path;
    private readonly bool _isLiteral;

    /// <summary>What a person types; may have wildcards.</summary>
    public FileIdentity(string path) => _path = path;

    /// <summary>A file or directory as it was got before.</summary>
    public FileIdentity(FileSystemInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _path = file.FullName;
        _isLiteral = true;
    }

    /// <inheritdoc/>
    public override string ToString() => _path;

    /// <summary>The files that are meant, there or not; none for a wildcard that matches nothing.</summary>
    /// <exception cref="EngineException">PathNotFileSystem.</exception>
    /// <exception cref="SessionStateException">Its drive is not there.</exception>
    internal IEnumerable<string> Resolve(PSCmdlet command) =>
        _isLiteral ? [command.ResolveFile(_path)] : command.ResolveFiles(_path);
}
