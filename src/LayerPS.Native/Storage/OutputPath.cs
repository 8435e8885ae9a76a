using LayerPS.Linux;

namespace LayerPS.Storage;

/// <summary>
/// A file or directory outside of the store that is there whole or not at all: it is made beside its place, under another
/// name, and renamed.
/// </summary>
internal sealed class OutputPath : IDisposable
{
    private readonly string _target;
    private readonly bool _noClobber;
    private bool _committed;

    private OutputPath(string target, bool noClobber)
    {
        _target = target;
        _noClobber = noClobber;
        string name = $".{Path.GetFileName(target)}.{Guid.NewGuid():N}";
        Temporary = Path.Combine(Path.GetDirectoryName(target)!, name[Math.Max(0, name.Length - 200)..]);
    }

    /// <summary>Where it is made.</summary>
    internal string Temporary { get; }

    /// <summary>Writes a file, which replaces what is there when it is whole; a device or a pipe is written to.</summary>
    /// <exception cref="EngineException">OutputPathInvalid, HostAccessDenied.</exception>
    internal static void WriteFile(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        if (File.Exists(target) && !IsRegular(FinalPath(target)))
        {
            using FileStream stream = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(stream);
            return;
        }

        using OutputPath output = ForFile(path, force: false, noClobber: false);
        using (FileStream file = new(
            output.Temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0))
            write(file);
        output.CommitFile();
    }

    /// <summary>Looks whether the place can be taken.</summary>
    /// <param name="path">The place.</param>
    /// <param name="force">A file may be replaced even if it is read-only.</param>
    /// <param name="noClobber">Nothing may be replaced.</param>
    /// <exception cref="EngineException">OutputExists, OutputPathInvalid, HostAccessDenied.</exception>
    internal static OutputPath ForFile(string path, bool force, bool noClobber)
    {
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target)) throw Invalid(path, "is a directory, and a file is to be written");
        var file = new FileInfo(target);
        CheckParent(path, target);
        if (!file.Exists && file.LinkTarget is null) return new OutputPath(target, noClobber);
        if (noClobber) throw Exists(path);
        // Through a link the file is replaced that it leads to, as every program does that opens it for writing.
        if (file.ResolveLinkTarget(returnFinalTarget: true) is { } led) return ForFile(led.FullName, force, noClobber);
        if (!IsRegular(target)) throw Invalid(path, "is no regular file, and nothing else can be replaced as a whole");
        bool isReadOnly = (file.UnixFileMode & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
        return isReadOnly && !force
            ? throw new EngineException(
                EngineErrors.HostAccessDenied, $"The file '{path}' is read-only.", path, "Use -Force to replace it.")
            : new OutputPath(target, noClobber);
    }

    /// <summary>Looks whether the place can be taken; only an empty directory may be there.</summary>
    /// <param name="path">The place.</param>
    /// <param name="mayReplace">Whether this directory, which is not empty, may be replaced.</param>
    /// <exception cref="EngineException">OutputExists, OutputPathInvalid.</exception>
    internal static OutputPath ForDirectory(string path, Func<string, bool> mayReplace)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target)) throw Invalid(path, "is a file, and a directory is to be written");
        CheckParent(path, target);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !mayReplace(target))
            throw Exists(path);
        return new OutputPath(target, noClobber: false);
    }

    /// <summary>Puts the file into its place.</summary>
    /// <exception cref="EngineException">OutputExists: something came there meanwhile, and must not be replaced.</exception>
    internal void CommitFile()
    {
        try
        {
            File.Move(Temporary, _target, overwrite: !_noClobber);
        }
        catch (IOException) when (_noClobber && File.Exists(_target))
        {
            throw Exists(_target);
        }

        _committed = true;
    }

    /// <summary>Puts the directory into its place; what was there goes.</summary>
    internal void CommitDirectory()
    {
        string former = Temporary + "~";
        bool replaces = Directory.Exists(_target);
        if (replaces) Directory.Move(_target, former);
        Directory.Move(Temporary, _target);
        _committed = true;
        if (replaces) TreeRemover.Remove(former);
    }

    public void Dispose()
    {
        if (_committed) return;
        if (Directory.Exists(Temporary)) TreeRemover.Remove(Temporary);
        else File.Delete(Temporary);
    }

    private static string FinalPath(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static bool IsRegular(string path)
    {
        using var directory = FileTree.OpenDirectory(Path.GetDirectoryName(path)!);
        int error = FileStatus.TryOf(directory, System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(path)), out FileStatus status);
        return error == 0 && status.IsRegularFile;
    }

    private static void CheckParent(string path, string target)
    {
        string? parent = Path.GetDirectoryName(target);
        if (parent is null || !Directory.Exists(parent)) throw Invalid(path, $"cannot be written: there is no directory '{parent}'");
    }

    private static EngineException Exists(string path) =>
        new(EngineErrors.OutputExists, $"There is something at '{path}' already.", path);

    private static EngineException Invalid(string path, string what) =>
        new(EngineErrors.OutputPathInvalid, $"'{path}' {what}.", path);
}
