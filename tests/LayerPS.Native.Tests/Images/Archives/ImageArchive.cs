using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace LayerPS.Tests.Images;

/// <summary>
/// Makes archives of images by hand, file by file, so that each can be made wrong. Two layers: the base has a file 'a', the
/// other deletes it and has a file 'b'.
/// </summary>
internal sealed class ImageArchive
{
    /// <summary>The folders of the two layers in an archive of docker.</summary>
    internal const string First = "1111111111111111111111111111111111111111111111111111111111111111",
        Second = "2222222222222222222222222222222222222222222222222222222222222222";

    internal Dictionary<string, byte[]> Files { get; } = [];

    internal Dictionary<string, string> Links { get; } = [];

    internal static byte[] Base { get; } = Layer(("a", "first"));

    internal static byte[] Top { get; } = Layer((".wh.a", ""), ("b", "second"));

    internal static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    internal static byte[] Configuration(string architecture, params byte[][] layers) => Bytes(
        $$"""
        {"architecture":"{{architecture}}","os":"linux","created":"2024-05-06T07:08:09.123456789Z","unknown":[1,2],
        "config":{"Env":["A=1"],"Cmd":["/bin/sh"]},
        "rootfs":{"type":"layers","diff_ids":[{{Join(layers.Select(static l => $"\"sha256:{Hex(l)}\""))}}]},
        "history":[{{Join(layers.Select(static (_, i) => $"{{\"created_by\":\"step {i}\"}}"))}},
        {"created_by":"CMD","empty_layer":true}]}
        """);

    internal static byte[] Layer(params (string Name, string Content)[] files)
    {
        using MemoryStream tar = new();
        using (TarWriter writer = new(tar, leaveOpen: true))
        {
            foreach ((string name, string content) in files)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Bytes(content)),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        return tar.ToArray();
    }

    /// <summary>As docker 1.10 to 24 wrote it, the layer that both images share as a link.</summary>
    internal static ImageArchive Docker(params string[] names)
    {
        ImageArchive archive = new();
        byte[] configuration = Configuration("amd64", Base, Top);
        archive.Files[First + "/layer.tar"] = Base;
        archive.Files[First + "/VERSION"] = Bytes("1.0");
        archive.Files[Second + "/layer.tar"] = Top;
        archive.Files[$"{Hex(configuration)}.json"] = configuration;
        archive.Files["manifest.json"] = Bytes(
            $$"""
            [{"Config":"{{Hex(configuration)}}.json","RepoTags":[{{Join(names.Select(static n => $"\"{n}\""))}}],
            "Layers":["{{First}}/layer.tar","{{Second}}/layer.tar"]}]
            """);
        return archive;
    }

    /// <summary>As docker before 1.10 wrote it: the layers point to each other, and the table of names to the topmost.</summary>
    internal static ImageArchive Legacy(params string[] tags)
    {
        ImageArchive archive = new();
        archive.LegacyLayer(First, null, Base, "\"created\":\"2013-01-02T03:04:05.678901234Z\",\"author\":\"Ann\"");
        archive.LegacyLayer(
            Second, First, Top,
            "\"created\":\"2014-01-02T03:04:05Z\",\"comment\":\"done\",\"architecture\":\"amd64\",\"os\":\"linux\"," +
            "\"docker_version\":\"0.9.1\",\"Size\":9,\"config\":{\"Cmd\":[\"/bin/sh\"],\"Env\":[\"A=1\"],\"Volumes\":{\"/d\":{}}}");
        if (tags.Length > 0)
            archive.Files["repositories"] = Bytes($"{{\"tool\":{{{Join(tags.Select(static t => $"\"{t}\":\"{Second}\""))}}}}}");
        return archive;
    }

    /// <summary>Adds a folder with a layer.</summary>
    internal void LegacyLayer(string id, string? parent, byte[] tar, string metadata = "\"created\":\"2014-01-02T03:04:05Z\"")
    {
        string below = parent is null ? "" : $"\"parent\":\"{parent}\",";
        Files[id + "/VERSION"] = Bytes("1.0");
        Files[id + "/json"] = Bytes(
            $"{{\"id\":\"{id}\",{below}\"container_config\":{{\"Cmd\":[\"/bin/sh\",\"-c\",\"make {id[0]}\"]}},{metadata}}}");
        Files[id + "/layer.tar"] = tar;
    }

    /// <summary>An OCI layout with one image.</summary>
    internal static ImageArchive Oci(string? name, Func<byte[], byte[]>? pack = null)
    {
        ImageArchive archive = new();
        return archive.Index(archive.Manifest("amd64", pack), name is null ? [] : [name]);
    }

    /// <summary>An OCI layout with one image for several platforms.</summary>
    internal static ImageArchive MultiPlatform(string name, params string[] architectures)
    {
        ImageArchive archive = new();
        string inner = Join(architectures.Select(architecture =>
            archive.Manifest(architecture)[..^1] + $",\"platform\":{{\"os\":\"linux\",\"architecture\":\"{architecture}\"}}}}"));
        byte[] index = Bytes($"{{\"schemaVersion\":2,\"manifests\":[{inner}]}}");
        return archive.Index(archive.Blob("application/vnd.oci.image.index.v1+json", index), [name]);
    }

    /// <summary>Puts a blob in, and returns its descriptor.</summary>
    internal string Blob(string mediaType, byte[] content)
    {
        Files[$"blobs/sha256/{Hex(content)}"] = content;
        return $"{{\"mediaType\":\"{mediaType}\",\"digest\":\"sha256:{Hex(content)}\",\"size\":{content.Length}}}";
    }

    internal string Manifest(string architecture, Func<byte[], byte[]>? pack = null)
    {
        string configuration = Blob("application/vnd.oci.image.config.v1+json", Configuration(architecture, Base, Top));
        IEnumerable<string> layers = new[] { Base, Top }.Select(
            layer => Blob("application/vnd.oci.image.layer.v1.tar", pack is null ? layer : pack(layer)));
        return Blob(
            "application/vnd.oci.image.manifest.v1+json",
            Bytes($"{{\"schemaVersion\":2,\"config\":{configuration},\"layers\":[{Join(layers)}]}}"));
    }

    internal ImageArchive Index(string descriptor, params string[] names)
    {
        IEnumerable<string> named = names.Length == 0
            ? [descriptor]
            : names.Select(name => descriptor[..^1] + $",\"annotations\":{{\"org.opencontainers.image.ref.name\":\"{name}\"}}}}");
        Files["oci-layout"] = Bytes("{\"imageLayoutVersion\":\"1.0.0\"}");
        Files["index.json"] = Bytes($"{{\"schemaVersion\":2,\"manifests\":[{Join(named)}]}}");
        return this;
    }

    /// <summary>Changes the text of a file.</summary>
    internal ImageArchive Edit(string file, string from, string to)
    {
        Files[file] = Bytes(Encoding.UTF8.GetString(Files[file]).Replace(from, to, StringComparison.Ordinal));
        return this;
    }

    internal byte[] ToTar()
    {
        using MemoryStream tar = new();
        using (TarWriter writer = new(tar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in Files)
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            foreach ((string name, string target) in Links)
                writer.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });
        }

        return tar.ToArray();
    }

    internal void ToDirectory(string path)
    {
        foreach ((string name, byte[] content) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(path, name))!);
            File.WriteAllBytes(Path.Combine(path, name), content);
        }
    }

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Join(IEnumerable<string> parts) => string.Join(',', parts);
}
