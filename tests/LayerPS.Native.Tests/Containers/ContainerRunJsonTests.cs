using System.Text;
using System.Text.Json;
using LayerPS.Containers;
using Xunit;

namespace LayerPS.Native.Tests.Containers;

/// <summary>The content of <c>state.json</c>, that of a line of events, and what a hand or a fault makes of them.</summary>
public sealed class ContainerRunJsonTests
{
    private static readonly DateTimeOffset _time = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    private static readonly ContainerRun _run = new()
    {
        State = ContainerState.Exited,
        Pid = 17,
        PidStartTime = 1L << 40,
        MonitorPid = 18,
        MonitorStartTime = 19,
        Started = _time,
        Finished = _time.AddSeconds(1),
        ExitCode = 137,
        Signal = 9,
        ExitReason = ContainerExitReason.Signaled,
        Error = "line\n\"two\" ä \u001b",
        RestartCount = 3,
    };

    [Fact]
    public void ARunIsReadAsItWasWritten()
    {
        Assert.Equal(_run, ContainerRunJson.Parse(_run.ToJson()));
        Assert.Equal(new ContainerRun(), ContainerRunJson.Parse(new ContainerRun().ToJson()));
    }

    [Fact]
    public void EveryFieldOfARunIsWritten()
    {
        using JsonDocument json = JsonDocument.Parse(_run.ToJson());
        Assert.Equal(
            typeof(ContainerRun).GetProperties().Select(static field => JsonNamingPolicy.CamelCase.ConvertName(field.Name)).Order(),
            json.RootElement.EnumerateObject().Select(static field => field.Name).Order());
    }

    [Fact]
    public void AnEventIsReadAsItWasWritten()
    {
        ContainerEvent happened = new()
        {
            Time = _time, Kind = ContainerEventKind.Stop, Container = "one", Id = "1a", Image = "i:1", ExitCode = 3, Detail = "\n",
        };
        byte[] line = EventLine.Write(happened);
        Assert.Equal((byte)'\n', line[^1]);
        Assert.Equal(1, line.Count(static value => value == '\n'));
        Assert.Equal(happened, EventLine.Parse(line));
    }

    [Fact]
    public void WhatALaterVersionAddsIsPassedOver() =>
        Assert.Equal(
            new ContainerRun { Pid = 5, RestartCount = 6 },
            Parse("""{"later":{"a":[1,{"pid":9}]},"pid":5,"list":[{"pid":9},[]],"error":null,"restartCount":6,"last":1.5e3}"""));

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"pid\":5")]
    [InlineData("{\"pid\":5}}")]
    [InlineData("{\"pid\":5,}")]
    [InlineData("{\"pid\":\"5\"}")]
    [InlineData("{\"pid\":5.5}")]
    [InlineData("{\"pid\":99999999999}")]
    [InlineData("{\"state\":\"Flying\"}")]
    [InlineData("{\"state\":\"77\"}")]
    [InlineData("{\"state\":1}")]
    [InlineData("{\"started\":\"yesterday\"}")]
    [InlineData("{\"error\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"later\":{\"a\":")]
    public void WhatIsNoRunIsRefused(string json) => Assert.ThrowsAny<JsonException>(() => Parse(json));

    [Fact]
    public void ARunThatIsCutOffAnywhereIsRefused()
    {
        byte[] json = _run.ToJson();
        for (int length = 0; length < json.Length; length++)
        {
            byte[] cut = json[..length];
            Assert.ThrowsAny<JsonException>(() => ContainerRunJson.Parse(cut));
        }
    }

    private static ContainerRun Parse(string json) => ContainerRunJson.Parse(Encoding.UTF8.GetBytes(json));
}
