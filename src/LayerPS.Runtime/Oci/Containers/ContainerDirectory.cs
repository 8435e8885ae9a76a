using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>The files that the runtime keeps of one container, in a directory of its name below <c>--root</c>.</summary>
internal sealed class ContainerDirectory
{
    /// <summary>Where the init stage listens until the container is started.</summary>
    internal const string StartSocketName = "start.socket";

    /// <summary>The program that filters its system calls.</summary>
    internal const string FilterName = "seccomp";

    private const string RecordName = "state.json", ConfigurationName = "config.json", LockName = "lock";
    private const uint OwnerOnly = 448; // rwx------
    private const int LongestId = 1024;

    private ContainerDirectory(string root, string id) => (Id, Path) = (id, System.IO.Path.Combine(root, id));

    internal string Id { get; }

    internal string Path { get; }

    private string RecordPath => System.IO.Path.Combine(Path, RecordName);

    internal string StartSocket => System.IO.Path.Combine(Path, StartSocketName);

    private string Configuration => System.IO.Path.Combine(Path, ConfigurationName);

    internal string Filter => System.IO.Path.Combine(Path, FilterName);

    /// <exception cref="OciException">The name cannot be one, or there is such a container already.</exception>
    internal static ContainerDirectory Create(string root, string id)
    {
        CheckId(id);
        Directory.CreateDirectory(root);
        ContainerDirectory made = new(root, id);
        try
        {
            Directories.Make(made.Path, OwnerOnly);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EEXIST)
        {
            throw new OciException($"The container '{id}' already exists: container with given ID already exists.");
        }

        return made;
    }

    /// <exception cref="OciException">There is no such container.</exception>
    internal static ContainerDirectory Open(string root, string id)
    {
        CheckId(id);
        ContainerDirectory found = new(root, id);
        return Directory.Exists(found.Path) ? found : throw NotThere(id);
    }

    internal static IEnumerable<ContainerDirectory> List(string root) => !Directory.Exists(root)
        ? []
        : Directory.EnumerateDirectories(root).Select(static path => System.IO.Path.GetFileName(path))
            .Where(static name => name[0] != '.').Order(StringComparer.Ordinal).Select(name => new ContainerDirectory(root, name));

    internal static OciException NotThere(string id) => new($"The container '{id}' does not exist: container does not exist.");

    /// <summary>Keeps other commands away that would change it; it goes with the process.</summary>
    internal FileLock Lock()
    {
        try
        {
            return FileLock.AcquireBlocking(System.IO.Path.Combine(Path, LockName), exclusive: true);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
        {
            throw NotThere(Id);
        }
    }

    /// <summary>Null where whoever was to create it had not come so far.</summary>
    internal ContainerRecord? TryReadRecord() => SmallFile.TryRead(RecordPath) is { } json
        ? JsonSerializer.Deserialize(json, ContainerRecordJson.Default.ContainerRecord)
        : null;

    internal void Write(ContainerRecord record) => AtomicFile.Write(
        RecordPath, JsonSerializer.SerializeToUtf8Bytes(record, ContainerRecordJson.Default.ContainerRecord), durable: false);

    /// <summary>The configuration as it was when the container was created.</summary>
    internal void WriteConfiguration(byte[] json) => File.WriteAllBytes(Configuration, json);

    internal RuntimeSpec ReadConfiguration() => ReadConfiguration(Path);

    /// <inheritdoc cref="ReadConfiguration()"/>
    internal static RuntimeSpec ReadConfiguration(string directory) =>
        JsonSerializer.Deserialize(SmallFile.Read(System.IO.Path.Combine(directory, ConfigurationName)), RuntimeJson.Default.RuntimeSpec)
        ?? throw new JsonException("It holds nothing.");

    /// <summary>Null where it is not there, or broken.</summary>
    internal RuntimeSpec? TryReadConfiguration()
    {
        try
        {
            return ReadConfiguration();
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    internal void Remove() => Directory.Delete(Path, recursive: true);

    private static void CheckId(string id)
    {
        bool isName = id.Length is > 0 and <= LongestId && id[0] != '.'
            && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+');
        if (!isName) throw new OciException($"'{id}' is no name of a container: it has letters, digits and _ - . + alone. (invalid container ID format)");
    }
}
