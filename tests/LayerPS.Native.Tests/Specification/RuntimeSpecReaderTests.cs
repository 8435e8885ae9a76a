using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Oci;
using Xunit;

namespace LayerPS.Tests.Specification;

/// <summary>What is read field by field is what was written, and no field is forgotten that LayerPS itself writes.</summary>
public sealed class RuntimeSpecReaderTests
{
    // Those of other programs, whose configurations are read whole; and the resources, which the monitor reads.
    private static readonly string[] NeverWritten =
    [
        "RuntimeSpec.Domainname", "RuntimeSpec.Hooks", "RuntimeMount.UidMappings", "RuntimeMount.GidMappings",
        "RuntimeLinux.TimeOffsets", "RuntimeLinux.Seccomp", "RuntimeLinux.RootfsPropagation", "RuntimeLinux.Personality",
        "RuntimeLinux.MountLabel", "RuntimeLinux.IntelRdt", "RuntimeLinux.Resources",
        "RuntimeProcess.Scheduler", "RuntimeProcess.IoPriority", "RuntimeProcess.Affinity",
        "RuntimeProcess.ApparmorProfile", "RuntimeProcess.SelinuxLabel",
    ];

    [Fact]
    public void EveryFieldIsRead()
    {
        var spec = (RuntimeSpec)FilledObject.Make(typeof(RuntimeSpec), NeverWritten);
        RuntimeSpec read = RuntimeSpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(spec, RuntimeJson.Default.RuntimeSpec));
        Assert.Equal(TextOf(spec), TextOf(read));
    }

    [Fact]
    public void WhatIsLeftOutIsAsTheGeneratedCodeHasIt()
    {
        byte[] json = """{"ociVersion":"1.2.0","process":{"args":["a"],"cwd":"/"},"root":{"path":"r"},"linux":{}}"""u8.ToArray();
        RuntimeSpec expected = JsonSerializer.Deserialize(json, RuntimeJson.Default.RuntimeSpec)!;
        Assert.Equal(TextOf(expected), TextOf(RuntimeSpecReader.Read(json)));
    }

    [Fact]
    public void EveryFieldOfAPlanIsRead()
    {
        var plan = (ExecutionPlan)FilledObject.Make(typeof(ExecutionPlan), NeverWritten);
        ExecutionPlan read = ExecutionPlan.Parse(plan.ToLine());
        Assert.Equal(plan.ToLine(), read.ToLine());
    }

    [Theory]
    [InlineData("""{"ociVersion":"1.2.0","root":{"path":"r"},"linux":{}}""")]
    [InlineData("""{"ociVersion":"1.2.0","process":{"args":["a"],"cwd":"/"},"linux":{}}""")]
    [InlineData("""{"process":{"args":["a"],"cwd":"/"},"root":{"path":"r"}}""")]
    [InlineData("""[]""")]
    public void AMissingFieldIsTold(string json) =>
        Assert.Throws<InvalidDataException>(() => RuntimeSpecReader.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    private static string TextOf(RuntimeSpec spec) => JsonSerializer.Serialize(spec, RuntimeJson.Default.RuntimeSpec);
}
