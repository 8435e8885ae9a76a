using LayerPS.Tests.Images;
using Xunit;

namespace LayerPS.Tests.Storage;

public sealed class StorageRepairTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void AWholeStoreHasNoProblems()
    {
        Image image = _store.MakeLayers("a", _store.MakeLayers("low", null, "echo 1 > a"), "echo 2 > b");
        _store.Engine.Containers.Create(image, new ContainerOptions { Command = ["true"] });

        Assert.Empty(_store.Engine.Storage.FindProblems());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"broken")]
    [InlineData("{ \"broken\": \"sha256:12\" }")]
    public void ATableThatCannotBeReadIsMadeAnew(string text)
    {
        Image named = _store.MakeLayers("x/named:1", null, "echo 1 > a");
        Image other = _store.MakeLayers("other", null, "echo 2 > a");
        Image bad = _store.MakeLayers("bad", null, "echo 3 > a");
        File.Delete(_store.Layout.LayerMetadata(bad.Layers[0].Id));
        // The row of one image can still be read, that of the other not.
        string rows = File.ReadAllText(_store.Layout.References);
        string kept = $"{text} \"x/named:1\": \"{named.Digest}\", \"x/named:1";
        File.WriteAllText(_store.Layout.References, kept);

        ContainerStorageProblem problem = Assert.Single(_store.Engine.Storage.FindProblems());
        Assert.Equal(ContainerStorageKind.References, problem.Kind);
        Assert.True(_store.Engine.Storage.Repair(problem).Repaired);

        Assert.Equal(["x/named:1", other.ShortId], _store.Images.List().Select(static image => image.ToString()));
        Assert.Equal(kept, File.ReadAllText(_store.Layout.References + ".damaged"));
        Assert.NotEqual(rows, kept);
    }

    [Theory]
    [InlineData("rm layer.json", true)]
    [InlineData("echo '{' > layer.json", true)]
    [InlineData("rm layer.json", false)]
    public void ALayersRecordIsWrittenAgain(string damage, bool isTold)
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a", "echo 22 > b");
        using StoredContainer container = new(_store, "happy", image);
        if (!isTold) _store.Images.Remove("a", force: true);
        Archives.Shell.Script(_store.Layout.Layer(image.Layers[1].Id), damage);
        Assert.NotEmpty(_store.Engine.Storage.FindProblems());

        RepairAll();

        ImageLayer layer = _store.Engine.Layers.Get(image.Layers[1].Id);
        Assert.Equal((image.Layers[1].DiffId, image.Layers[0].Id, 3L), (layer.DiffId, layer.Parent, layer.Size));
        Assert.Empty(_store.Engine.Storage.FindProblems());
        Assert.Equal(isTold ? 1 : 0, _store.Images.List().Count());
    }

    [Fact]
    public void AnImageWhosePartsAreMissingIsTakenOut()
    {
        Image good = _store.MakeLayers("good", null, "echo 1 > a");
        Image bad = _store.MakeLayers("bad", good, "echo 2 > b");
        _store.Images.AddTag(bad, "worse");
        File.Delete(_store.Layout.Blob(bad.Id));

        ContainerStorageProblem problem = Assert.Single(_store.Engine.Storage.FindProblems());
        Assert.Contains("'bad:latest, worse:latest'", problem.Problem, StringComparison.Ordinal);
        RepairAll();

        Assert.Equal(["good:latest"], _store.Images.List().Select(static image => image.ToString()));
        Assert.Equal([bad.Layers[1].Id], _store.Engine.Storage.Optimize()
            .Where(static item => item.Kind == ContainerStorageKind.Layer).Select(static item => item.Id));
    }

    [Fact]
    public void ALayerThatIsLostTakesItsImagesOutAndGoesItself()
    {
        Image good = _store.MakeLayers("good", null, "echo 1 > a");
        Image bad = _store.MakeLayers("bad", good, "echo 2 > b");
        Archives.Shell.Script(_store.Layout.Layer(bad.Layers[1].Id), "rm -r layer.json diff");

        RepairAll();

        Assert.Equal(["good:latest"], _store.Images.List().Select(static image => image.ToString()));
        Assert.Equal([good.Layers[0].Id], _store.Engine.Layers.List().Select(static layer => layer.Id));
        Assert.Empty(_store.Engine.Storage.FindProblems());
    }

    [Fact]
    public void NothingThatAContainerNeedsOrWroteIsTakenAway()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a", "echo 2 > b");
        Container first = Create(image, "first"), second = Create(image, "second");
        File.WriteAllText(Path.Combine(first.UpperPath, "written"), "x");
        Archives.Shell.Script(_store.Layout.Layer(image.Layers[0].Id), "rm -r layer.json diff");
        File.WriteAllText(second.MetadataPath, "{");

        RepairAll();

        IReadOnlyList<ContainerStorageProblem> left = _store.Engine.Storage.FindProblems();
        Assert.Equal(
            new[] { first.Id, second.Id }.Order(),
            left.Where(static p => p.Kind == ContainerStorageKind.Container).Select(static p => p.Id).Order());
        Assert.All(left, static problem => Assert.Null(problem.Action));
        Assert.Contains(left, p => p.Problem.Contains($"'{_store.Layout.Container(first.Id)}'", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(first.UpperPath, "written")));
        Assert.Equal(2, Directory.GetDirectories(_store.Layout.Layers).Length);
    }

    [Fact]
    public void NamesAndContainersFindEachOther()
    {
        Container container = Create(_store.MakeLayers("a", null, "echo 1 > a"), "happy");
        File.Delete(_store.Layout.ContainerName("happy"));
        File.CreateSymbolicLink(_store.Layout.ContainerName("nobody"), new string('0', 64));

        Assert.Equal(2, _store.Engine.Storage.FindProblems().Count);
        RepairAll();

        Assert.Equal(container.Id, _store.Engine.Containers.Resolve("happy").Id);
        Assert.Equal(
            [_store.Layout.ContainerName("happy")], Directory.GetFileSystemEntries(_store.Layout.ContainerNames));
    }

    [Fact]
    public void AProblemThatIsGoneCountsAsRepaired()
    {
        Create(_store.MakeLayers("a", null, "echo 1 > a"), "happy");
        File.CreateSymbolicLink(_store.Layout.ContainerName("nobody"), new string('0', 64));
        ContainerStorageProblem problem = Assert.Single(_store.Engine.Storage.FindProblems());
        File.Delete(problem.Path);

        Assert.True(_store.Engine.Storage.Repair(problem).Repaired);
    }

    private Container Create(Image image, string name) =>
        _store.Engine.Containers.Create(image, new ContainerOptions { Command = ["true"], Name = name });

    private void RepairAll()
    {
        HashSet<ContainerStorageProblem> seen = [];
        while (_store.Engine.Storage.FindProblems().Where(seen.Add).ToList() is { Count: > 0 } problems)
            foreach (ContainerStorageProblem problem in problems) _store.Engine.Storage.Repair(problem);
    }
}
