using LayerPS.Dockerfiles;
using Xunit;

namespace LayerPS.Tests.Dockerfiles;

public sealed class WordExpansionTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["x"] = "value", ["empty"] = "", ["path"] = "/usr/lib/a.tar.gz", ["two"] = "a b", ["star"] = "a*b*c", ["_1"] = "u",
    };

    private static Word WordOf(string text, char escape = '\\')
    {
        InstructionLine line = new(new DockerfileText("Dockerfile", text), escape);
        line.Append(text, new TextPosition(1, 1));
        return new Word(text, line, 0);
    }

    private static string Expand(string text, char escape = '\\') =>
        new WordExpansion(Variables.GetValueOrDefault).Expand(WordOf(text, escape));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$x", "value")]
    [InlineData("a${x}b", "avalueb")]
    [InlineData("$x-$_1.", "value-u.")]
    [InlineData("$unset|", "|")]
    [InlineData("$", "$")]
    [InlineData("a$ b", "a$ b")]
    [InlineData("\\$x", "$x")]
    [InlineData("'$x \\'", "$x \\")]
    [InlineData("\"$x 'y'\"", "value 'y'")]
    [InlineData("\"\\$x \\\"q\\\" \\n \\\\\"", "$x \"q\" \\n \\")]
    [InlineData("a\\ b\\n", "a bn")]
    [InlineData("a\"b\"'c'd", "abcd")]
    [InlineData("${x:-d}", "value")]
    [InlineData("${empty:-d}", "d")]
    [InlineData("${empty-d}", "")]
    [InlineData("${unset-d}", "d")]
    [InlineData("${unset:-$x}", "value")]
    [InlineData("${unset:-${empty:-deep}}", "deep")]
    [InlineData("${unset:-'a}b'}", "a}b")]
    [InlineData("${unset:-a\\}b}", "a}b")]
    [InlineData("\"${unset:-\"a b\"}\"", "a b")]
    [InlineData("${x:+y}", "y")]
    [InlineData("${empty:+y}", "")]
    [InlineData("${empty+y}", "y")]
    [InlineData("${unset+y}", "")]
    [InlineData("${x:?no}", "value")]
    [InlineData("${path#*/}", "usr/lib/a.tar.gz")]
    [InlineData("${path##*/}", "a.tar.gz")]
    [InlineData("${path%.*}", "/usr/lib/a.tar")]
    [InlineData("${path%%.*}", "/usr/lib/a")]
    [InlineData("${path/lib/bin}", "/usr/bin/a.tar.gz")]
    [InlineData("${path//\\//-}", "-usr-lib-a.tar.gz")]
    [InlineData("${path//a?/X}", "/usr/lib/XtX.gz")]
    [InlineData("${path/.tar}", "/usr/lib/a.gz")]
    [InlineData("${star//\\*/+}", "a+b+c")]
    [InlineData("${star#a\\*}", "b*c")]
    [InlineData("${star%%\\**}", "a")]
    [InlineData("${path/$x/y}", "/usr/lib/a.tar.gz")]
    [InlineData("${x/value/$path}", "/usr/lib/a.tar.gz")]
    [InlineData("$1$@", "")]
    public void WordsAreExpanded(string text, string expected) => Assert.Equal(expected, Expand(text));

    [Fact]
    public void ABacktickEscapesWhereTheDirectiveSaysSo() => Assert.Equal("$x C:\\a", Expand("`$x C:\\a", '`'));

    [Theory]
    [InlineData("'a", 1, "quote ' is not closed")]
    [InlineData("a\"b", 2, "quote \" is not closed")]
    [InlineData("a${x", 2, "lacks its '}'")]
    [InlineData("${x:-a", 1, "lacks its '}'")]
    [InlineData("${}", 1, "name of a variable was expected")]
    [InlineData("${x!y}", 4, "'!' is no modifier")]
    [InlineData("${x:y}", 4, "':y' is no modifier")]
    [InlineData("a${unset:?is wanted}", 2, "unset: is wanted")]
    [InlineData("${unset?}", 1, "unset: is not allowed to be unset")]
    [InlineData("${empty:?}", 1, "empty: is not allowed")]
    public void FaultsHaveTheirPlace(string text, int column, string fault)
    {
        EngineException failure = Assert.Throws<EngineException>(() => Expand(text));

        Assert.StartsWith($"Dockerfile:1:{column}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$two", "a|b")]
    [InlineData("\"$two\"", "a b")]
    [InlineData("x$two", "xa|b")]
    [InlineData("$unset", "")]
    [InlineData("\"\"", "")]
    public void BlanksOfAVariablePartWords(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', new WordExpansion(Variables.GetValueOrDefault).ExpandToWords(WordOf(text))));

    [Theory]
    [InlineData("a $x 'q' \"$x\"\n", "a value 'q' \"value\"\n")]
    [InlineData("\\$x \\\\ \\n ${unset:-d}\n", "$x \\ \\n d\n")]
    public void ADocumentKeepsItsQuotes(string content, string expected)
    {
        InstructionLine line = WordOf("COPY").Line;
        HereDocument document = new("EOF", content, Expand: true, StripTabs: false, "<<EOF", new TextPosition(1, 1));
        WordExpansion expansion = new(Variables.GetValueOrDefault);

        Assert.Equal(expected, expansion.ExpandDocument(document, line));
        Assert.Equal(content, expansion.ExpandDocument(document with { Expand = false }, line));
    }
}
