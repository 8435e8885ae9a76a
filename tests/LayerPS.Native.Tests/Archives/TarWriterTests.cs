using System.Text;
using LayerPS.Archives;
using LayerPS.Linux;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Entries that no directory on this machine could have given.</summary>
public sealed class TarWriterTests
{
    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(155)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(300)]
    [InlineData(4000)]
    public void NamesOfAnyLengthComeBack(int length)
    {
        foreach (int step in new[] { 1, 7, 50, 99, 154, 155, 156 })
        {
            StringBuilder name = new();
            while (name.Length < length) name.Append(name.Length % (step + 1) == step ? '/' : 'n');
            if (name[^1] == '/') name[^1] = 'n';
            byte[] bytes = Encoding.ASCII.GetBytes(name.ToString());
            Assert.Equal(name + "\n", List(new TarEntry { Type = TarEntryType.File, Name = bytes }));
        }
    }

    [Theory]
    [InlineData(0, 0, "1970-01-01 00:00:00")]
    [InlineData(-2, 0, "1969-12-31 23:59:58")]
    [InlineData(8_589_934_592, 1, "2242-03-16 12:56:32.000000001")]
    public void TimesComeBack(long seconds, int nanoseconds, string expected)
    {
        FileTime time = new(seconds, nanoseconds);
        TarEntry entry = new() { Type = TarEntryType.File, Name = "a"u8.ToArray(), Modified = time };
        Assert.Contains(expected, List(entry, "--full-time", "--utc", "-v"));
    }

    [Theory]
    [InlineData(-1, 500_000_000, "mtime=-0.5")]
    [InlineData(-1, 999_999_999, "mtime=-0.000000001")]
    [InlineData(-3, 1, "mtime=-2.999999999")]
    [InlineData(0, 10, "mtime=0.00000001")]
    public void FractionsBefore1970CountBackwards(long seconds, int nanoseconds, string record)
    {
        FileTime time = new(seconds, nanoseconds);
        PaxRecords records = new();
        records.Add("mtime"u8, time);
        Assert.EndsWith($" {record}\n", Encoding.ASCII.GetString(records.Bytes));
        PaxAttributes attributes = new();
        attributes.Apply(records.Bytes);
        Assert.Equal(time, attributes.Modified);
    }

    [Fact]
    public void ContentComesFromAStream()
    {
        using TemporaryDirectory work = new();
        using (FileStream file = File.Create(work["a.tar"]))
        {
            using TarWriter writer = new(file);
            TarEntry entry = new() { Type = TarEntryType.File, Name = "a"u8.ToArray(), Mode = 420, PayloadSize = 5 };
            writer.Write(entry, new MemoryStream("hello and more"u8.ToArray()));
            Assert.Throws<EndOfStreamException>(() => new TarWriter(Stream.Null).Write(entry, new MemoryStream()));
            writer.Complete();
        }
        Assert.Equal("hello", Shell.Run("tar", "-xOf", work["a.tar"], "a"));
    }

    private static string List(TarEntry entry, params string[] options)
    {
        using TemporaryDirectory work = new();
        using (FileStream file = File.Create(work["a.tar"]))
        {
            using TarWriter writer = new(file);
            writer.Write(entry);
            writer.Complete();
        }
        return Shell.Run("tar", ["-t", .. options, "-f", work["a.tar"]]);
    }
}
