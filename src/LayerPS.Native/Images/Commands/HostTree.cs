using System.Text;
using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>A choice of this machine's files, with the links that lead to them, and files made for the purpose.</summary>
internal sealed class HostTree
{
    private const int MaximumLinks = 40;
    private const uint DirectoryMode = 0b111_101_101, LinkMode = 0b111_111_111, TextMode = 0b110_100_100;

    // Sorted, so that a directory comes before what is in it and the same choice gives the same tar.
    private readonly SortedDictionary<string, (HostTreeKind Kind, uint Mode, string Content)> _entries =
        new(StringComparer.Ordinal);

    /// <summary>Adds a file or directory of this machine under its own path, and every link on the way.</summary>
    /// <returns>The path without links.</returns>
    internal string Add(string path)
    {
        Stack<string> rest = new(path.Split('/').Reverse());
        string current = "";
        int links = 0;
        while (rest.TryPop(out string? component))
        {
            if (component is "" or ".") continue;
            if (component == "..")
            {
                current = current.Length == 0 ? "" : current[..current.LastIndexOf('/')];
                continue;
            }

            string next = $"{current}/{component}";
            FileInfo info = new(next);
            if (info.LinkTarget is { } target)
            {
                if (++links > MaximumLinks) throw new LinuxException("readlink", path, Tmds.Linux.LibC.ELOOP);
                _entries.TryAdd(next, (HostTreeKind.Link, LinkMode, target));
                foreach (string part in target.Split('/').Reverse()) rest.Push(part);
                if (target.StartsWith('/')) current = "";
                continue;
            }

            if (Directory.Exists(next)) AddDirectory(next);
            else _entries.TryAdd(next, (HostTreeKind.HostFile, 0u, next));
            current = next;
        }

        return current;
    }

    internal void AddDirectory(string path, uint mode = DirectoryMode) =>
        _entries.TryAdd(path, (HostTreeKind.Directory, mode, ""));

    /// <summary>Adds a file with that text.</summary>
    internal void AddText(string path, string text) => _entries[path] = (HostTreeKind.Text, TextMode, text);

    /// <summary>Writes it all as a tar. Times that are not the content's own are 0, so that they never differ.</summary>
    internal void Write(Stream destination, CancellationToken cancellationToken)
    {
        using TarWriter tar = new(destination);
        foreach ((string path, (HostTreeKind kind, uint mode, string content)) in _entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] name = Encoding.UTF8.GetBytes(path[1..]);
            switch (kind)
            {
                case HostTreeKind.HostFile:
                    WriteHostFile(tar, name, content);
                    break;
                case HostTreeKind.Link:
                    tar.Write(new TarEntry
                    {
                        Type = TarEntryType.SymbolicLink,
                        Name = name,
                        Mode = mode,
                        LinkName = Encoding.UTF8.GetBytes(content),
                    });
                    break;
                case HostTreeKind.Directory:
                    tar.Write(new TarEntry { Type = TarEntryType.Directory, Name = name, Mode = mode });
                    break;
                case HostTreeKind.Text:
                    byte[] text = Encoding.UTF8.GetBytes(content);
                    tar.Write(
                        new TarEntry { Type = TarEntryType.File, Name = name, Mode = mode, PayloadSize = text.Length }, text);
                    break;
            }
        }

        tar.Complete();
    }

    private static void WriteHostFile(TarWriter tar, byte[] name, string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        FileStatus status = FileStatus.Of(file);
        tar.Write(
            new TarEntry
            {
                Type = TarEntryType.File,
                Name = name,
                Mode = status.Permissions,
                Uid = status.Uid,
                Gid = status.Gid,
                Modified = status.Modified with { Nanoseconds = 0 },
                PayloadSize = status.Size,
                Attributes = FileAttributeReader.Read(file),
            },
            file);
    }
}
