using LayerPS.Containers;
using LayerPS.Storage;
using LayerPS.Tests.Images;

namespace LayerPS.Tests.Containers;

/// <summary>
/// A store of its own with an image of this machine's commands, and real containers of it. It ends and removes them
/// all when it is disposed.
/// </summary>
internal sealed class ContainerStore : IDisposable
{
    private static readonly string[] Commands =
        ["sh", "true", "cat", "touch", "rm", "ls", "sleep", "id", "hostname", "mkdir", "chmod", "ln", "readlink", "stat", "kill", "ps", "dd", "seq"];

    private readonly TemporaryStore _store = new();

    static ContainerStore() => UseBuiltRuntime();

    /// <param name="more">Commands that the image has besides the usual ones.</param>
    internal ContainerStore(params string[] more) => Base = _store.Images.CreateFromCommands([.. Commands, .. more], "base");

    internal ContainerEngine Engine => _store.Engine;

    internal ContainerCollection Containers => Engine.Containers;

    internal StoreLayout Layout => _store.Layout;

    internal Image Base { get; }

    internal Container Create(params string[] command) => Containers.Create(Base, new ContainerOptions { Command = command });

    /// <summary>A container that runs the script in a shell.</summary>
    internal Container CreateScript(string script) => Create("sh", "-c", script);

    internal Container StartScript(string script) => Containers.Start(CreateScript(script));

    /// <summary>Runs the script to its end.</summary>
    /// <returns>What it wrote, line by line, and how it ended.</returns>
    internal (string Output, ContainerExit Exit) RunScript(string script, ContainerOptions? options = null)
    {
        Container container = Containers.Create(Base, (options ?? new()) with { Command = ["sh", "-c", script] });
        List<string> lines = [];
        ContainerExit exit = Containers.Run(container, entry => lines.Add(entry.Text));
        return (string.Join('\n', lines), exit);
    }

    public void Dispose()
    {
        foreach (Container container in Containers.List()) Containers.Remove(container, force: true);
        _store.Dispose();
    }

    /// <summary>Has the engine start the program that <c>./build.sh build</c> has made.</summary>
    internal static void UseBuiltRuntime() => Environment.SetEnvironmentVariable(RuntimeProgram.Variable, FindRuntime());

    private static string FindRuntime()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string runtime = Path.Combine(folder.FullName, "artifacts", "LayerPS", "layerps-runtime");
            if (File.Exists(runtime)) return runtime;
        }

        throw new FileNotFoundException("There is no layerps-runtime in artifacts/LayerPS: run './build.sh build' first.");
    }
}
