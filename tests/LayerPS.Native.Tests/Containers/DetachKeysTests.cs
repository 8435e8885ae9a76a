using System.Text;
using LayerPS.Containers;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>The keys by which a terminal is left.</summary>
public sealed class DetachKeysTests
{
    [Theory]
    [InlineData(null, "ab", "ab", false)]
    [InlineData(null, "a\u0010\u0011b", "a", true)]
    [InlineData(null, "\u0010\u0010\u0011", "\u0010", true)]
    [InlineData(null, "\u0010x", "\u0010x", false)]
    [InlineData(null, "a\u0010", "a", false)]
    [InlineData("x", "abxc", "ab", true)]
    [InlineData("ctrl-@,ctrl-[", "\0\u001b", "", true)]
    [InlineData("", "\u0010\u0011", "\u0010\u0011", false)]
    public void WhatIsTypedGoesOnUpToTheKeys(string? keys, string typed, string passed, bool leaves)
    {
        Assert.Equal(leaves, DetachKeys.Parse(keys).Press(Encoding.ASCII.GetBytes(typed), out byte[] through));
        Assert.Equal(passed, Encoding.ASCII.GetString(through));
    }

    [Fact]
    public void TheFirstKeyIsHeldBackUntilTheNextOne()
    {
        DetachKeys keys = DetachKeys.Parse(null);
        Assert.False(keys.Press([16], out byte[] first));
        Assert.Empty(first);
        Assert.False(keys.Press("x"u8, out byte[] second));
        Assert.Equal([16, (byte)'x'], second);
        Assert.False(keys.Press([16], out _));
        Assert.True(keys.Press([17], out _));
    }

    [Theory]
    [InlineData("ctrl-")]
    [InlineData("ctrl-1")]
    [InlineData("strg-p")]
    [InlineData("a,")]
    [InlineData("ä")]
    public void OtherKeysAreRefused(string keys)
    {
        EngineException failure = Assert.Throws<EngineException>(() => DetachKeys.Parse(keys));
        Assert.Equal(EngineErrors.ContainerOptionInvalid, failure.Definition);
    }
}
