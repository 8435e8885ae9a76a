using LayerPS.Containers;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>What an image says about health checks and what a person does, put together.</summary>
public sealed class HealthCheckRulesTests
{
    private static readonly ImageHealthcheck OfImage = new()
    {
        Test = ["CMD-SHELL", "look"], Interval = TimeSpan.FromSeconds(7), Timeout = TimeSpan.Zero, Retries = -3,
    };

    [Fact]
    public void WhatTheImageSaysCountsAndTheRestIsUsual()
    {
        ImageHealthcheck merged = Merge(OfImage, null)!;
        Assert.Equal(["CMD-SHELL", "look"], merged.Test);
        Assert.Equal(
            (7.0, 30.0, 0.0, 5.0, 3),
            (merged.Interval!.Value.TotalSeconds, merged.Timeout!.Value.TotalSeconds, merged.StartPeriod!.Value.TotalSeconds,
                merged.StartInterval!.Value.TotalSeconds, merged.Retries));
        Assert.Equal(["/bin/sh", "-c", "look"], HealthPlan.Of(merged).Command);
    }

    [Fact]
    public void AnImagesShellRunsItsLine() =>
        Assert.Equal(
            ["/bin/ash", "-x", "look"],
            HealthPlan.Of(HealthCheckRules.Merge(new ImageConfig { Healthcheck = OfImage, Shell = ["/bin/ash", "-x"] }, null)!).Command);

    [Fact]
    public void WhatIsAskedForCountsFirst()
    {
        ImageHealthcheck merged = Merge(OfImage, new() { Test = ["CMD", "see", "it"], Retries = 1 })!;
        Assert.Equal(["see", "it"], HealthPlan.Of(merged).Command);
        Assert.Equal((7.0, 1), (merged.Interval!.Value.TotalSeconds, merged.Retries));
        Assert.Equal("look", Merge(OfImage, new() { Interval = TimeSpan.FromSeconds(1) })!.Test[1]);
    }

    [Theory]
    [InlineData()]
    [InlineData("NONE")]
    [InlineData("CMD")]
    [InlineData("CMD", "")]
    [InlineData("CMD-SHELL")]
    [InlineData("CMD-SHELL", " ")]
    [InlineData("CMD-SHELL", "a", "b")]
    [InlineData("LATER", "a")]
    public void AnImageMaySayNothingOrWhatIsNone(params string[] test)
    {
        Assert.Null(Merge(new ImageHealthcheck { Test = test }, null));
        Assert.Null(Merge(null, HealthCheckRules.None));
        Assert.Null(Merge(OfImage, HealthCheckRules.None));
    }

    [Fact]
    public void WhatIsAskedForAndCannotBeIsRefused()
    {
        ImageHealthcheck good = new() { Test = ["CMD", "a"] };
        ImageHealthcheck[] bad =
        [
            good with { Test = ["CMD", ""] }, good with { Test = ["CMD-SHELL", ""] }, good with { Test = ["CMD", "a\0b"] },
            good with { Interval = TimeSpan.Zero }, good with { Interval = TimeSpan.FromDays(30) },
            good with { Timeout = TimeSpan.FromSeconds(-1) }, good with { StartInterval = TimeSpan.Zero },
            good with { StartPeriod = TimeSpan.FromSeconds(-1) }, good with { Retries = 0 },
            new() { Interval = TimeSpan.FromSeconds(1) },
        ];
        Assert.All(bad, check => Assert.Equal(
            "ContainerOptionInvalid", Assert.Throws<EngineException>(() => Merge(null, check)).Definition.Id));
    }

    [Fact]
    public void APlanIsReadAsItWasWritten()
    {
        var plan = HealthPlan.Of(Merge(OfImage, new() { Test = ["CMD", "a \"b\"", "ä\n"], StartPeriod = TimeSpan.FromMilliseconds(1) })!);
        Assert.Equal(plan.ToText(), HealthPlan.Parse(plan.ToText()).ToText());
        Assert.Equal(plan.Command, HealthPlan.Parse(plan.ToText()).Command);
        Assert.Equal(plan with { Command = [] }, HealthPlan.Parse(plan.ToText()) with { Command = [] });
    }

    private static ImageHealthcheck? Merge(ImageHealthcheck? image, ImageHealthcheck? asked) =>
        HealthCheckRules.Merge(new ImageConfig { Healthcheck = image }, asked);
}
