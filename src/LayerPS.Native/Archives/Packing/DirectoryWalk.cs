using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Archives;

/// <summary>Goes through a directory and writes each file into a tar.</summary>
internal sealed class DirectoryWalk(
    SafeFileHandle root, TarWriter writer, DirectoryTarOptions options, CancellationToken cancellationToken)
{
    private readonly Dictionary<(ulong Device, ulong Inode), byte[]> _linked = [];
    private readonly ulong _device = FileStatus.Of(root).Device;

    internal void Run()
    {
        if (options.IncludeRoot)
            WriteEntry(TarEntryType.Directory, "./"u8.ToArray(), FileStatus.Of(root), FileAttributeReader.Read(root));
        WriteContent(root, []);
    }

    private void WriteContent(SafeFileHandle directory, byte[] path)
    {
        foreach (byte[] name in DirectoryListing.Read(directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] childPath = EntryName.Join(path, name);
            int error = FileStatus.TryOf(directory, name, out FileStatus status);
            if (error == LibC.ENOENT) continue; // deleted meanwhile
            if (error != 0) throw new LinuxException("fstatat", ByteText.Display(childPath), error);
            WriteChild(directory, name, childPath, status);
            options.Progress?.Report(writer.Position);
        }
    }

    private void WriteChild(SafeFileHandle parent, byte[] name, byte[] path, in FileStatus status)
    {
        if (options.Whiteouts && status.IsWhiteout)
        {
            WriteWhiteout(path, name, status);
            return;
        }
        if (options.Whiteouts && name.AsSpan().StartsWith(Whiteout.Prefix))
        {
            options.Warning?.Invoke($"'{ByteText.Display(path)}' was left out: in a layer its name would delete another one.");
            return;
        }
        if (status.Type == FileType.Socket)
        {
            options.Warning?.Invoke($"'{ByteText.Display(path)}' is a socket and was left out.");
            return;
        }
        if (!status.IsDirectory && status.Links > 1 && !_linked.TryAdd((status.Device, status.Inode), path))
        {
            byte[] first = _linked[(status.Device, status.Inode)];
            writer.Write(Entry(TarEntryType.HardLink, path, status, [], first));
            return;
        }
        switch (status.Type)
        {
            case FileType.Directory:
                WriteDirectory(parent, name, path);
                break;
            case FileType.Regular:
                WriteFile(parent, name, path);
                break;
            case FileType.SymbolicLink:
                writer.Write(Entry(
                    TarEntryType.SymbolicLink, path, status, FileAttributeReader.Read(parent, name),
                    FileTree.ReadLink(parent, name)));
                break;
            default:
                TarEntryType type = status.Type switch
                {
                    FileType.CharacterDevice => TarEntryType.CharacterDevice,
                    FileType.BlockDevice => TarEntryType.BlockDevice,
                    _ => TarEntryType.Fifo,
                };
                WriteEntry(type, path, status, FileAttributeReader.Read(parent, name));
                break;
        }
    }

    private void WriteDirectory(SafeFileHandle parent, byte[] name, byte[] path)
    {
        // No reader could make it again, and a tree without an end would take the stack's.
        if (path.Length > CString.Capacity) throw new LinuxException("openat2", ByteText.Display(path), LibC.ENAMETOOLONG);
        int error = FileTree.TryOpenBelow(
            parent, name, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? directory);
        if (error == LibC.ENOENT) return;
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(path), error);
        using (directory)
        {
            FileStatus status = FileStatus.Of(directory!);
            WriteEntry(TarEntryType.Directory, path, status, FileAttributeReader.Read(directory!));
            if (status.Device != _device) return;
            if (options.Whiteouts && FileAttributeReader.IsOpaque(directory!))
                writer.Write(Entry(
                    TarEntryType.File, EntryName.Join(path, Whiteout.OpaqueName), status with { Mode = 0 }, []));
            WriteContent(directory!, path);
        }
    }

    private void WriteFile(SafeFileHandle parent, byte[] name, byte[] path)
    {
        int error = FileTree.TryOpenFile(parent, name, out SafeFileHandle? file);
        if (error == LibC.ENOENT) return;
        if (error != 0) throw new LinuxException("openat", ByteText.Display(path), error);
        using (file)
        {
            FileStatus status = FileStatus.Of(file!);
            SparseMap? map = FileHoles.Find(file!, status);
            TarEntry entry = Entry(
                TarEntryType.File, path, status, FileAttributeReader.Read(file!), sparse: map,
                payload: map?.DataSize ?? status.Size);
            if (!writer.Write(entry, file!))
                options.Warning?.Invoke($"'{ByteText.Display(path)}' became shorter while it was read.");
        }
    }

    private void WriteWhiteout(byte[] path, byte[] name, in FileStatus status)
    {
        byte[] hidden = [.. path.AsSpan(0, path.Length - name.Length), .. Whiteout.Prefix, .. name];
        writer.Write(Entry(TarEntryType.File, hidden, status with { Mode = 0, Node = default }, []));
    }

    private void WriteEntry(
        TarEntryType type, byte[] path, in FileStatus status, IReadOnlyList<ExtendedAttribute> attributes) =>
        writer.Write(Entry(type, path, status, attributes));

    private FileTime TimeOf(in FileStatus status)
    {
        FileTime time = status.Modified;
        if (options.Latest is { } latest && (time.Seconds, time.Nanoseconds).CompareTo((latest.Seconds, latest.Nanoseconds)) > 0)
            time = latest;
        return options.Nanoseconds ? time : time with { Nanoseconds = 0 };
    }

    private TarEntry Entry(
        TarEntryType type, byte[] path, in FileStatus status, IReadOnlyList<ExtendedAttribute> attributes,
        byte[]? link = null, SparseMap? sparse = null, long payload = 0) => new()
        {
            Type = type,
            Name = path,
            LinkName = link ?? [],
            Mode = status.Permissions,
            Uid = options.Uid ?? status.Uid,
            Gid = options.Gid ?? status.Gid,
            Modified = TimeOf(status),
            Device = type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice ? status.Node : default,
            PayloadSize = payload,
            Sparse = sparse,
            Attributes = attributes,
        };
}
