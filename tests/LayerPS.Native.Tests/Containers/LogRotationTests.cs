using System.Globalization;
using LayerPS.Containers;
using LayerPS.Storage;
using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Logs that are cut into parts while they are written and read.</summary>
public sealed class LogRotationTests : IDisposable
{
    private const int Size = 100_000, Lines = 20_000;

    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void OnlyTheLastPartsAreKept()
    {
        Container container = _store.Containers.Start(Make(count: 3));
        _ = _store.Containers.Wait(container);

        Assert.Equal(["log", "log.1", "log.2"], Parts(container));
        Assert.All(Parts(container), part => Assert.InRange(new FileInfo(Path.Combine(container.Directory, part)).Length, 1, Size));
        string[] kept = [.. _store.Containers.ReadLog(container).Select(static entry => entry.Text)];
        Assert.Equal(Enumerable.Range(Lines - kept.Length + 1, kept.Length).Select(static n => n.ToString(CultureInfo.InvariantCulture)), kept);
        Assert.Equal(kept[^500..], _store.Containers.ReadLog(container, new() { Tail = 500 }).Select(static entry => entry.Text));
    }

    [Fact]
    public void OneFileBeginsAnew()
    {
        Container container = _store.Containers.Start(Make(count: 1));
        _ = _store.Containers.Wait(container);

        Assert.Equal(["log"], Parts(container));
        Assert.Equal("20000", _store.Containers.ReadLog(container).Last().Text);
    }

    [Fact]
    public void TheForegroundMissesNothingThoughItIsSlow()
    {
        Container container = Make(count: 2);
        List<string> lines = [];

        _ = _store.Containers.Run(container, entry =>
        {
            // It looks away until the log has been cut.
            if (lines.Count == 100) Assert.True(SpinWait.SpinUntil(() => Parts(container).Count() > 1, TimeSpan.FromSeconds(30)));
            lines.Add(entry.Text);
        });

        Assert.Equal(Enumerable.Range(1, Lines).Select(static n => n.ToString(CultureInfo.InvariantCulture)), lines);
    }

    [Fact]
    public void AFollowerGoesOnInTheNextPart()
    {
        using TemporaryDirectory folder = new();
        string path = Path.Combine(folder.Path, "log");
        File.WriteAllText(path, "a\nb");
        using LogFile log = new(path);
        Assert.Equal("a", ReadLine(log));
        Assert.Null(ReadLine(log));

        File.AppendAllText(path, "b\nc\ncut");
        FileRotation.Shift(path, keep: 5);
        Assert.Equal("bb", ReadLine(log));
        Assert.Equal("c", ReadLine(log));
        Assert.Null(ReadLine(log));
        File.WriteAllText(path, "d\n");
        FileRotation.Shift(path, keep: 5);
        File.WriteAllText(path, "e\n");

        Assert.Equal(("cut", "d", "e", null), (ReadLine(log), ReadLine(log), ReadLine(log), ReadLine(log)));
    }

    [Fact]
    public void ShiftingDropsWhatIsTooOld()
    {
        using TemporaryDirectory folder = new();
        string path = Path.Combine(folder.Path, "log");
        for (int i = 0; i < 5; i++)
        {
            File.WriteAllText(path, i.ToString(CultureInfo.InvariantCulture));
            FileRotation.Shift(path, keep: 2);
        }

        Assert.Equal(["3", "4"], FileRotation.PartsOf(path).Select(File.ReadAllText));
    }

    private static string? ReadLine(LogFile log) =>
        log.TryReadLine(out ReadOnlySpan<byte> line) ? System.Text.Encoding.UTF8.GetString(line) : null;

    private static IEnumerable<string> Parts(Container container) =>
        Directory.EnumerateFiles(container.Directory, "log*").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private Container Make(int count) => _store.Containers.Create(
        _store.Base, new ContainerOptions { Command = ["seq", "20000"], LogSize = Size, LogCount = count });
}
