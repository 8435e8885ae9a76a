using System.Text.Json.Nodes;
using LayerPS.Cgroups;
using Xunit;

namespace LayerPS.Tests.Runtime;

/// <summary><c>run</c>, and what a configuration makes of the container.</summary>
public sealed class RunTests : IDisposable
{
    private readonly OciRuntime _runtime = new();

    private Bundle Bundle => _runtime.Bundle;

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public void RunEndsAsTheCommandDoes()
    {
        _ = Bundle.Script("echo to-output; echo to-error >&2; exit 7");
        OciResult result = _runtime.Try("run", _runtime.Id);
        Assert.Equal(new OciResult(7, "to-output\n", "to-error\n"), result);
        Assert.Empty(Directory.GetDirectories(Bundle.Root));
    }

    [Fact]
    public void RunDetachedLeavesItRunning()
    {
        _ = Bundle.Run("sleep", "1000");
        _ = _runtime.Do("run", "--detach", "--pid-file", Bundle.PathOf("pid"), _runtime.Id);
        Assert.Equal("running", _runtime.Status);
        Assert.Equal($"{_runtime.Pid}", File.ReadAllText(Bundle.PathOf("pid")));
    }

    [Theory]
    [InlineData("nowhere", "executable file not found in $PATH")]
    [InlineData("/nowhere", "no such file or directory")]
    [InlineData("/proc", "permission denied")]
    public void ACommandThatIsNotThereIsToldByCreate(string command, string reason)
    {
        _ = Bundle.Run(command);
        OciResult result = _runtime.Try("create", _runtime.Id);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Bundle.Root));
    }

    [Fact]
    public void ErrorsAreLoggedAsEnginesReadThem()
    {
        string log = Bundle.PathOf("log");
        _ = Bundle.Run("nowhere");
        _ = _runtime.Try("--log", log, "--log-format", "json", "create", _runtime.Id);
        JsonNode line = JsonNode.Parse(File.ReadAllText(log).TrimEnd())!;
        Assert.Equal("error", (string?)line["level"]);
        Assert.Contains("executable file not found in $PATH", (string?)line["msg"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux", "personality", """{ "domain": "LINUX32" }""", "linux.personality")]
    [InlineData("linux", "intelRdt", """{ "closID": "x" }""", "linux.intelRdt")]
    [InlineData("linux", "mountLabel", "\"label\"", "linux.mountLabel")]
    [InlineData("linux", "uidMappings", """[{ "containerID": 0, "hostID": 1, "size": 1 }]""", "linux.uidMappings")]
    [InlineData("linux", "resources", """{ "unified": { "../memory.high": "max" } }""", "linux.resources.unified")]
    [InlineData("linux", "resources", """{ "memory": { "reservation": 4096 } }""", "linux.resources.memory.reservation")]
    [InlineData("linux", "sysctl", """{ "kernel.panic": "1" }""", "kernel.panic")]
    [InlineData("process", "scheduler", """{ "policy": "SCHED_FIFO" }""", "process.scheduler")]
    [InlineData("process", "apparmorProfile", "\"profile\"", "process.apparmorProfile")]
    [InlineData("process", "selinuxLabel", "\"label\"", "process.selinuxLabel")]
    public void WhatIsNotSupportedIsRefusedByName(string part, string field, string value, string name)
    {
        Bundle.Configuration[part]![field] = JsonNode.Parse(value);
        _ = Bundle.Write();
        OciResult result = _runtime.Try("create", _runtime.Id);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Bundle.Root, _runtime.Id)));
    }

    // config.md, "POSIX-platform Hooks": the state is passed over standard input.
    [Fact]
    public void HooksGetTheState()
    {
        string[] points = ["prestart", "createRuntime", "createContainer", "poststart", "poststop"];
        JsonObject hooks = [];
        foreach (string point in points)
        {
            hooks[point] = new JsonArray(new JsonObject
            {
                ["path"] = "/bin/sh", ["args"] = new JsonArray("sh", "-c", "cat > \"$0\"", Bundle.PathOf(point)),
            });
        }

        Bundle.Configuration["hooks"] = hooks;
        _ = Bundle.Run("true");
        _ = _runtime.Do("run", _runtime.Id);

        string[] statuses = [.. points.Select(point => (string)JsonNode.Parse(File.ReadAllText(Bundle.PathOf(point)))!["status"]!)];
        Assert.Equal(["creating", "creating", "creating"], statuses[..3]);
        Assert.Contains(statuses[3], (string[])["running", "stopped"]);
        Assert.Equal("stopped", statuses[4]);
    }

    [Fact]
    public void AFailedHookFailsTheCreation()
    {
        Bundle.Configuration["hooks"] = JsonNode.Parse("""{ "createRuntime": [{ "path": "/bin/false" }] }""");
        OciResult result = _runtime.Try("create", Write(_runtime.Id));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("createRuntime hook '/bin/false' failed", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Bundle.Root));
    }

    [Fact]
    public void LimitsAreOfItsCgroup()
    {
        string path = $"/layerps-oci-tests/{_runtime.Id}";
        Bundle.Configuration["linux"]!["cgroupsPath"] = path;
        Bundle.Configuration["linux"]!["resources"] = JsonNode.Parse("""{ "pids": { "limit": 7 }, "memory": { "limit": 67108864 } }""");
        _ = Bundle.Run("sleep", "1000");
        _runtime.Create();
        ContainerCgroup cgroup = new(CgroupHierarchy.OnThisHost(), path);
        Assert.Equal(7, cgroup.Require("pids", "pids").TryReadNumber("pids.max"));
        CgroupDirectory memory = cgroup.Require("memory", "memory");
        Assert.Equal(67108864, memory.TryReadNumber(memory.IsSecond ? "memory.max" : "memory.limit_in_bytes"));
        Assert.Contains(_runtime.Pid, cgroup.Processes());

        _ = _runtime.Do("delete", "--force", _runtime.Id);
        foreach (CgroupHierarchy hierarchy in CgroupHierarchy.OnThisHost())
            Directory.Delete($"{hierarchy.MountPoint}/layerps-oci-tests");
    }

    [Fact]
    public void NamespacesAreJoinedByPath()
    {
        JsonArray namespaces = Bundle.Configuration["linux"]!["namespaces"]!.AsArray();
        JsonNode network = namespaces.Single(static entry => (string?)entry!["type"] == "network")!;
        network["path"] = "/proc/self/ns/net";
        _ = Bundle.Run("sleep", "1000");
        _runtime.Create();
        string Of(string process, string type) => File.ResolveLinkTarget($"/proc/{process}/ns/{type}", false)!.Name;
        Assert.Equal(Of("self", "net"), Of($"{_runtime.Pid}", "net"));
        Assert.NotEqual(Of("self", "uts"), Of($"{_runtime.Pid}", "uts"));
    }

    [Fact]
    public void MountsHaveTheirOptions()
    {
        string folder = Directory.CreateDirectory(Bundle.PathOf("folder")).FullName;
        File.WriteAllText(Path.Combine(folder, "file"), "of the host\n");
        Bundle.Configuration["mounts"]!.AsArray().Add(new JsonObject
        {
            ["destination"] = "/mnt", ["type"] = "bind", ["source"] = folder, ["options"] = new JsonArray("rbind", "ro"),
        });
        _ = Bundle.Script("cat /mnt/file; touch /mnt/new 2>/dev/null || echo read-only");
        Assert.Equal("of the host\nread-only\n", _runtime.Do("run", _runtime.Id));
    }

    // capabilities(7): what is ambient is permitted and inheritable; buildah asks for more.
    [Fact]
    public void AmbientCapabilitiesAreThoseThatCanBe()
    {
        JsonNode sets = Bundle.Configuration["process"]!["capabilities"]!;
        foreach (string name in (string[])["bounding", "permitted", "effective", "ambient"])
            sets[name] = new JsonArray("CAP_KILL", "CAP_CHOWN");
        sets["inheritable"] = new JsonArray("CAP_KILL");
        _ = Bundle.Script("while read -r line; do echo \"$line\"; done < /proc/self/status");
        string[] status = _runtime.Do("run", _runtime.Id).Split('\n');
        Assert.Contains("CapAmb:\t0000000000000020", status);
        Assert.Contains("CapBnd:\t0000000000000021", status);
    }

    [Fact]
    public void FeaturesVersionAndSpecAreReadable()
    {
        JsonNode features = JsonNode.Parse(_runtime.Do("features"))!;
        Assert.Contains("createRuntime", features["hooks"]!.AsArray().Select(static hook => (string?)hook));
        Assert.StartsWith("layerps-runtime version ", _runtime.Do("--version"), StringComparison.Ordinal);
        string folder = Directory.CreateDirectory(Bundle.PathOf("new")).FullName;
        _ = _runtime.Do("spec", "--bundle", folder);
        Assert.StartsWith("1.", (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!["ociVersion"], StringComparison.Ordinal);
        Assert.Equal(1, _runtime.Try("spec", "--bundle", folder).ExitCode);
        Assert.Equal(1, _runtime.Try("nothing").ExitCode);
    }

    private string Write(string id)
    {
        _ = Bundle.Write();
        return id;
    }
}
