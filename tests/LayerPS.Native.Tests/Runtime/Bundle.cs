using System.Text.Json.Nodes;
using LayerPS.Tests.Images;

namespace LayerPS.Tests.Runtime;

/// <summary>A bundle with commands of this machine in its root, and a directory for the runtime's state.</summary>
internal sealed class Bundle : IDisposable
{
    private const string Template = """
        {
          "ociVersion": "1.2.0",
          "process": {
            "cwd": "/", "args": [ "true" ], "env": [ "PATH=/usr/bin:/bin:/usr/sbin:/sbin" ], "user": { "uid": 0, "gid": 0 },
            "capabilities": { "bounding": [ "CAP_KILL" ], "effective": [ "CAP_KILL" ], "permitted": [ "CAP_KILL" ] }
          },
          "root": { "path": "rootfs" },
          "hostname": "inside",
          "mounts": [
            { "destination": "/proc", "type": "proc", "source": "proc" },
            { "destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": [ "nosuid", "mode=755" ] }
          ],
          "linux": {
            "namespaces": [
              { "type": "pid" }, { "type": "mount" }, { "type": "uts" }, { "type": "ipc" }, { "type": "network" }, { "type": "cgroup" }
            ]
          }
        }
        """;

    private readonly TemporaryStore _store = new();

    internal Bundle()
    {
        Image image = _store.Images.CreateFromCommands(["sh", "true", "cat", "sleep", "id", "hostname", "kill", "ls", "touch", "readlink"], "base");
        Path = _store.MakeDirectory("bundle");
        Root = _store.MakeDirectory("state");
        RootFileSystem = image.Layers[0].Path;
        Configuration["root"]!["path"] = RootFileSystem;
        Run("true");
    }

    /// <summary>The bundle's directory.</summary>
    internal string Path { get; }

    /// <summary>For <c>--root</c>.</summary>
    internal string Root { get; }

    internal string RootFileSystem { get; }

    /// <summary>What config.json has after the next <see cref="Write"/>.</summary>
    internal JsonNode Configuration { get; } = JsonNode.Parse(Template)!;

    /// <summary>Has the container run these words.</summary>
    internal Bundle Run(params string[] words)
    {
        Configuration["process"]!["args"] = new JsonArray([.. words.Select(static word => (JsonNode)word)]);
        return Write();
    }

    internal Bundle Script(string script) => Run("sh", "-c", script);

    internal Bundle Write()
    {
        File.WriteAllText(PathOf("config.json"), Configuration.ToJsonString());
        return this;
    }

    internal string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _store.Dispose();
}
