using LayerPS.Images;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("base", "base", "latest")]
    [InlineData("base:1.0", "base", "1.0")]
    [InlineData("tools/base:A_b.c-1", "tools/base", "A_b.c-1")]
    [InlineData("localhost:5000/base", "localhost:5000/base", "latest")]
    [InlineData("Registry.example.com:443/a/b__c/d---e:v1", "Registry.example.com:443/a/b__c/d---e", "v1")]
    public void PartsAreTold(string text, string name, string tag)
    {
        ImageReference reference = ImageReference.Parse(text);

        Assert.Equal((name, tag, null), (reference.Name, reference.Tag, reference.Digest));
        Assert.Equal($"{name}:{tag}", reference.ToString());
    }

    [Fact]
    public void ADigestIsTold() => Assert.Equal(Digest, ImageReference.Parse("base:1@" + Digest).Digest);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Base", "capital letter 'B'")]
    [InlineData("base:", "tag after ':' is empty")]
    [InlineData("base:-1", "begins with '-'")]
    [InlineData("base:a b", "character ' '")]
    [InlineData("a//b", "part of the path is empty")]
    [InlineData("-base", "does not begin and end")]
    [InlineData("a...b", "'...'")]
    [InlineData("a_-b", "'_-'")]
    [InlineData("../etc", "host '..'")]
    [InlineData("host:port/base", "port 'port'")]
    [InlineData("base@sha256:12", "digest 'sha256:12'")]
    [InlineData("sha256:12", "form of a digest")]
    [InlineData("basé", "character 'é'")]
    [InlineData("a\nb", "character '\n'")]
    public void TheFaultIsNamed(string text, string fault)
    {
        EngineException failure = Assert.Throws<EngineException>(() => ImageReference.Parse(text));

        Assert.Equal("ImageReferenceInvalid", failure.Definition.Id);
        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLongestNameAndTagAreTaken()
    {
        string name = new('a', 255), tag = new('b', 128);
        Assert.Equal(name, ImageReference.Parse($"{name}:{tag}").Name);
        Assert.Throws<EngineException>(() => ImageReference.Parse(name + "a"));
        Assert.Throws<EngineException>(() => ImageReference.Parse($"a:{tag}b"));
    }
}
