using LayerPS.Storage;

namespace LayerPS.Tests.Images;

/// <summary>An engine on a store of its own, in a path that is not easy, and a folder for what the tests put into it.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("layerps store ä,:\\ ").FullName;

    internal TemporaryStore() => Engine = ContainerEngine.Open(Path.Combine(_root, "store"));

    internal ContainerEngine Engine { get; }

    internal ImageCollection Images => Engine.Images;

    internal StoreLayout Layout => Engine.Layout;

    internal string MakeDirectory(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    internal string PathOf(string name) => Path.Combine(_root, name);

    public void Dispose() => TreeRemover.Remove(_root);
}
