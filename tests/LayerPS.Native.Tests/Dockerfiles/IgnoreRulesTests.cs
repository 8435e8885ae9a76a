using LayerPS.Images;
using Xunit;

namespace LayerPS.Tests.Dockerfiles;

public sealed class IgnoreRulesTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("/a/", "a/b", true)]
    [InlineData("./a/../b", "b", true)]
    [InlineData("*.o", "x.o", true)]
    [InlineData("*.o", "d/x.o", false)]
    [InlineData("*/x", "d/x", true)]
    [InlineData("*/x", "d/e/x", false)]
    [InlineData("**/x", "x", true)]
    [InlineData("**/x", "d/e/x/y", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**/c", "a/c", true)]
    [InlineData("a/**/c", "a/b/b/c", true)]
    [InlineData("temp?", "temps", true)]
    [InlineData("temp?", "temp/", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[^a]x", "ax", false)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("# a", "# a", false)]
    [InlineData(" a ", "a", true)]
    [InlineData("*|!b", "a", true)]
    [InlineData("*|!b", "b", false)]
    [InlineData("*|!d/x", "d/x", false)]
    [InlineData("*|!d/x", "d/y", true)]
    [InlineData("*.md|!README*.md|README-secret.md", "README-secret.md", true)]
    [InlineData("*.md|README-secret.md|!README*.md", "README-secret.md", false)]
    [InlineData("!a", "a", false)]
    [InlineData("", "a", false)]
    [InlineData(".", "a", false)]
    public void TheLastRuleThatMatchesCounts(string rules, string path, bool ignored) =>
        Assert.Equal(ignored, new IgnoreRules(rules.Split('|')).Ignores(path));

    [Fact]
    public void ABadPatternIsNamed() =>
        Assert.Contains("[z-a]", Assert.Throws<EngineException>(() => new IgnoreRules(["[z-a]"])).Message, StringComparison.Ordinal);
}
