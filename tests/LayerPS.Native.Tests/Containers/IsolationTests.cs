using System.Globalization;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>What a container's process sees, and what the host sees of it.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("mnt")]
    [InlineData("pid")]
    [InlineData("uts")]
    [InlineData("ipc")]
    [InlineData("net")]
    [InlineData("cgroup")]
    public void EachNamespaceIsItsOwn(string type)
    {
        Container container = _store.StartScript("exec sleep 100");

        Assert.NotEqual(Namespace("self", type), Namespace(container.Pid, type));
    }

    [Fact]
    public void ItsProcessIsNumberOneAndAloneInside()
    {
        (string output, _) = _store.RunScript("echo $$; echo /proc/[0-9]*");

        Assert.Equal("1\n/proc/1", output);
    }

    [Fact]
    public void NoMountOfTheHostIsSeen()
    {
        (string output, _) = _store.RunScript("cat /proc/self/mountinfo");

        string[] points = [.. output.Split('\n').Select(static line => line.Split(' ')[4])];
        Assert.Equal("/", points[0]);
        Assert.All(points[1..], static point => Assert.True(
            new[] { "/proc", "/dev", "/sys", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf" }.Any(own =>
                point == own || point.StartsWith(own + "/", StringComparison.Ordinal)), point));
    }

    [Fact]
    public void ItsNetworkHasTheLoopbackDeviceAloneAndUp()
    {
        (string output, _) = _store.RunScript("cat /proc/net/dev /proc/net/fib_trie");

        string[] devices = [.. output.Split('\n').Where(static l => l.Contains(':')).Select(static l => l.Split(':')[0].Trim())];
        Assert.Equal(["lo"], devices.Where(static d => !d.Contains(' ') && d != "Main" && d != "Local"));
        Assert.Contains("127.0.0.1", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheHostsNetworkIsTheHosts()
    {
        Container container = _store.Containers.Start(_store.Containers.Create(
            _store.Base, new ContainerOptions { Command = ["sleep", "100"], Network = ContainerNetwork.Host }));

        Assert.Equal(Namespace("self", "net"), Namespace(container.Pid, "net"));
        string name = File.ReadAllText("/proc/sys/kernel/hostname").Trim();
        Assert.Equal(name, container.Config.Hostname);
    }

    [Fact]
    public void ItsNameIsItsShortIdAndInItsHosts()
    {
        Container container = _store.CreateScript("hostname; cat /etc/hostname; cat /etc/hosts");
        List<string> lines = [];

        _store.Containers.Run(container, entry => lines.Add(entry.Text));

        Assert.Equal([container.ShortId, container.ShortId], lines[..2]);
        Assert.Contains(lines, line => line.EndsWith("\t" + container.ShortId, StringComparison.Ordinal));
    }

    [Fact]
    public void ItHasFourteenCapabilitiesAndNoMore()
    {
        (string output, _) = _store.RunScript("cat /proc/self/status");

        string[] sets = [.. output.Split('\n').Where(static l => l.StartsWith("Cap", StringComparison.Ordinal))];
        string[] values = [.. sets.Select(static l => l.Split('\t')[1])];
        string expected = "00000000a80425fb";
        Assert.Equal(["0000000000000000", expected, expected, expected, "0000000000000000"], values);
    }

    [Fact]
    public void HostsDescriptorsDoNotLeakIn()
    {
        using FileStream inheritable = File.OpenRead("/etc/passwd");

        (string output, _) = _store.RunScript("echo /proc/self/fd/*");

        string[] numbers = [.. output.Split(' ').Select(static path => Path.GetFileName(path))];
        // The shell itself opens 3 for the directory that it lists.
        Assert.All(numbers, static number => Assert.InRange(int.Parse(number, CultureInfo.InvariantCulture), 0, 3));
    }

    [Theory]
    [InlineData("echo x > /proc/sys/kernel/hostname", "Read-only")]
    [InlineData("echo x > /sys/kernel/x", "Read-only|nonexistent|Permission")]
    [InlineData("cat /proc/timer_list", "")]
    public void TheKernelsFilesAreOutOfReach(string script, string complaint)
    {
        (string output, _) = _store.RunScript(script);

        if (complaint.Length == 0) Assert.Equal("", output);
        else Assert.Matches(complaint, output);
    }

    [Fact]
    public void ItIsInItsCgroupInEveryHierarchy()
    {
        Container container = _store.StartScript("exec sleep 100");

        string[] memberships = File.ReadAllLines($"/proc/{container.Pid}/cgroup");
        Assert.NotEmpty(memberships);
        Assert.All(memberships, line => Assert.EndsWith($":/layerps/{container.Id}", line, StringComparison.Ordinal));

        _store.Containers.Stop(container, force: true);
        Assert.DoesNotContain(
            Directory.EnumerateDirectories("/sys/fs/cgroup"), h => Directory.Exists($"{h}/layerps/{container.Id}"));
    }

    [Theory]
    [InlineData("1000:1001", "uid=1000 gid=1001 groups=1001")]
    [InlineData("nobody", "uid=65534(nobody)")]
    [InlineData("0", "uid=0(root) gid=0(root)")]
    public void ItRunsAsTheUserThatWasAskedFor(string user, string expected)
    {
        (string output, _) = _store.RunScript("id", new ContainerOptions { User = user });

        Assert.StartsWith(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public void EnvironmentAndWorkingDirectoryAreWhatWasAskedFor()
    {
        ContainerOptions options = new()
        {
            Environment = ["A=1", "B=two words", "HOSTNAME"], WorkingDirectory = "/made/for it",
        };

        (string output, _) = _store.RunScript("echo $A-$B-${HOSTNAME:-none}-$HOME; readlink /proc/self/cwd", options);

        Assert.Equal("1-two words-none-/root\n/made/for it", output);
    }

    private static string Namespace(object? process, string type) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/ns/{type}")).LinkTarget!;
}
