using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Oci;
using Xunit;

namespace LayerPS.Tests.Specification;

/// <summary>What is read field by field is what was written, and no field is forgotten.</summary>
public sealed class RuntimeSpecReaderTests
{
    [Fact]
    public void EveryFieldIsReadButTheResources()
    {
        var spec = (RuntimeSpec)FilledObject.Make(typeof(RuntimeSpec));
        Assert.NotNull(spec.Linux.Resources);
        RuntimeSpec read = RuntimeSpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(spec, RuntimeJson.Default.RuntimeSpec));
        spec.Linux.Resources = null;
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
        var plan = (ExecutionPlan)FilledObject.Make(typeof(ExecutionPlan));
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
