using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Directories as tar archives that other people's tools read.</summary>
public sealed class DirectoryTarTests
{
    [Fact]
    public void GnuTarReadsEverything()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), FileTrees.Full);
        Write(work, new DirectoryTarOptions());
        Shell.Script(work.Make("theirs"), "tar -xpf ../a.tar --numeric-owner --xattrs --xattrs-include='*'");
        Assert.Equal(FileTrees.Describe(work["tree"]), FileTrees.Describe(work["theirs"]));
    }

    [Fact]
    public void BsdtarReadsEverything()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), FileTrees.FullForBsdtar);
        Write(work, new DirectoryTarOptions());
        Shell.Script(work.Make("theirs"), "bsdtar -xpf ../a.tar --numeric-owner");
        Assert.Equal(FileTrees.Describe(work["tree"]), FileTrees.Describe(work["theirs"]));
    }

    [Fact]
    public void LayerPSReadsWhatItWroteAndWritesItAgain()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), FileTrees.Full);
        Write(work, new DirectoryTarOptions());
        Unpacked.FromFile(work, work["a.tar"], "ours");
        Assert.Equal(FileTrees.Describe(work["tree"]), FileTrees.Describe(work["ours"]));
        Assert.Equal(File.ReadAllBytes(work["a.tar"]), Unpacked.Rebuild(work, "ours"));
    }

    [Fact]
    public void TheSameTreeGivesTheSameBytes()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), FileTrees.Long);
        Shell.Run("cp", "-a", work["tree"], work["copy"]);
        Assert.Equal(Bytes(work["tree"], new DirectoryTarOptions()), Bytes(work["copy"], new DirectoryTarOptions()));
        Assert.Equal(
            Shell.Script(work["tree"], "find . -mindepth 1 -printf '%P\\n'").Split('\n').Length,
            Shell.Script(work["copy"], "find . -mindepth 1 -printf '%P\\n'").Split('\n').Length);
    }

    [Fact]
    public void NamesComeInTheOrderOfTheirBytes()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "mkdir b; touch a B b/z b/A c");
        Write(work, new DirectoryTarOptions { IncludeRoot = false });
        Assert.Equal("B\na\nb/\nb/A\nb/z\nc\n", Shell.Run("tar", "-tf", work["a.tar"]));
    }

    [Fact]
    public void PlainFilesNeedNoExtendedHeaders()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "echo x > file; touch -d @1000000000 file .");
        Write(work, new DirectoryTarOptions());
        // Two headers, one record of content, two of end.
        Assert.Equal(5 * 512, new FileInfo(work["a.tar"]).Length);
    }

    [Fact]
    public void OwnersAndTimesCanBeMadePlain()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "echo x > file; chown 5:6 file; touch -d @1000000000.5 file");
        Write(work, new DirectoryTarOptions { IncludeRoot = false, Uid = 1, Gid = 3_000_000, Nanoseconds = false });
        string line = Shell.Run("tar", "--numeric-owner", "--full-time", "--utc", "-tvf", work["a.tar"]);
        Assert.Contains("1/3000000", line);
        Assert.Contains("2001-09-09 01:46:40 file", line);
    }

    [Fact]
    public void LabelsOfThisHostStayHere()
    {
        using TemporaryDirectory work = new();
        Shell.Script(
            work.Make("tree"), "echo x > a; setfattr -n security.selinux -v label a; setfattr -n user.mine -v 1 a");
        Write(work, new DirectoryTarOptions());
        Unpacked.FromFile(work, work["a.tar"], "ours");
        Assert.Equal("# file: a\nuser.mine=\"1\"\n\n", Shell.Script(work["ours"], "getfattr -d -m - a"));
    }

    [Fact]
    public void SocketsAreLeftOutWithAWarning()
    {
        using TemporaryDirectory work = new();
        work.Make("tree");
        using System.Net.Sockets.Socket socket = new(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, default);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(work["tree"], "socket")));
        List<string> warnings = [];
        Write(work, new DirectoryTarOptions { Warning = warnings.Add });
        Assert.Contains("'socket'", Assert.Single(warnings));
        Assert.Equal("./\n", Shell.Run("tar", "-tf", work["a.tar"]));
    }

    [Fact]
    public void StaysOnItsFileSystem()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "mkdir mounted; mount -t tmpfs none mounted; touch mounted/inside");
        try
        {
            Write(work, new DirectoryTarOptions());
        }
        finally
        {
            Shell.Run("umount", Path.Combine(work["tree"], "mounted"));
        }
        Assert.Equal("./\nmounted/\n", Shell.Run("tar", "-tf", work["a.tar"]));
    }

    [Fact]
    public void StopsWhenCancelled()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "touch a");
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => DirectoryTar.Write(work["tree"], Stream.Null, new DirectoryTarOptions(), cancelled.Token));
    }

    private static void Write(TemporaryDirectory work, DirectoryTarOptions options)
    {
        using FileStream tar = File.Create(work["a.tar"]);
        DirectoryTar.Write(work["tree"], tar, options, default);
    }

    private static byte[] Bytes(string directory, DirectoryTarOptions options)
    {
        using MemoryStream tar = new();
        DirectoryTar.Write(directory, tar, options, default);
        return tar.ToArray();
    }
}
