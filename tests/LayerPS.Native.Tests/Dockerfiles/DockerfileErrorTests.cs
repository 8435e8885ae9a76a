using LayerPS.Dockerfiles;
using Xunit;

namespace LayerPS.Tests.Dockerfiles;

public sealed class DockerfileErrorTests
{
    private static EngineException Refused(string content)
    {
        EngineException failure = Assert.Throws<EngineException>(() => Dockerfile.Read("Dockerfile", content));
        Assert.Equal("DockerfileInvalid", failure.Definition.Id);
        return failure;
    }

    [Theory]
    [InlineData("RUNN a", 1, "Did you mean 'RUN'?")]
    [InlineData("coppy a b", 1, "Did you mean 'COPY'?")]
    [InlineData("XYZZY a", 1, "is one of ADD, ARG, CMD")]
    [InlineData("RUN", 1, "RUN wants a command")]
    [InlineData("RUN []", 5, "array of the command is empty")]
    [InlineData("RUN --mont=x a", 5, "Did you mean '--mount'?")]
    [InlineData("RUN --security=insecure a", 5, "--security is not supported")]
    [InlineData("RUN --mount=type=ssh a", 13, "type=ssh is not supported")]
    [InlineData("RUN --mount=type=disk,target=/a b", 13, "'disk' is no type of a mount")]
    [InlineData("RUN --mount=type=cache a", 13, "wants target=")]
    [InlineData("RUN --mount=type=tmpfs,target=/a,szie=1 b", 39, "Did you mean 'size'?")]
    [InlineData("RUN --mount=type=cache,target=/a,dst=/b c", 34, "given twice")]
    [InlineData("RUN --network=none --network=host a", 20, "--network is given twice")]
    [InlineData("RUN --network a", 5, "wants a value")]
    [InlineData("CMD --x", 5, "CMD has no flag '--x'; it has no flags")]
    [InlineData("ENV", 1, "ENV wants name=value")]
    [InlineData("ENV a", 5, "wants a value")]
    [InlineData("ENV a=b c", 9, "'c' is no name=value")]
    [InlineData("ENV =b", 5, "name before '=' is empty")]
    [InlineData("ARG =b", 5, "name before '=' is empty")]
    [InlineData("LABEL x=1 y", 11, "no name=value")]
    [InlineData("COPY a", 1, "wants a source and a destination")]
    [InlineData("COPY --checksum=x a b", 6, "COPY has no flag '--checksum'")]
    [InlineData("COPY --link=maybe a b", 13, "true or false")]
    [InlineData("ADD --from=x a b", 5, "ADD has no flag '--from'")]
    [InlineData("ADD --keep-git-dir a b", 5, "--keep-git-dir is not supported")]
    [InlineData("VOLUME []", 8, "empty")]
    [InlineData("SHELL /bin/sh -c", 7, "JSON array")]
    [InlineData("STOPSIGNAL a b", 14, "one signal")]
    [InlineData("ONBUILD FROM x", 9, "ONBUILD FROM is not allowed")]
    [InlineData("ONBUILD ONBUILD RUN x", 9, "ONBUILD ONBUILD is not allowed")]
    [InlineData("ONBUILD RNU x", 9, "Did you mean 'RUN'?")]
    [InlineData("HEALTHCHECK a", 13, "'CMD' or 'NONE' was expected, not 'a'")]
    [InlineData("HEALTHCHECK NONE a", 18, "nothing follows NONE")]
    [InlineData("HEALTHCHECK --interval=5 CMD a", 24, "30s")]
    [InlineData("HEALTHCHECK --retries=-1 CMD a", 23, "whole number")]
    [InlineData("HEALTHCHECK CMD", 13, "CMD wants a command")]
    [InlineData("FROM a b", 8, "FROM image AS name")]
    [InlineData("FROM a AT b", 8, "'AS' was expected, not 'AT'")]
    [InlineData("FROM a AS 1b", 11, "no name for a stage")]
    [InlineData("FROM a AS scratch", 11, "empty image")]
    [InlineData("RUN <<EOF\ntext", 5, "nothing but 'EOF' was expected")]
    [InlineData("COPY a <<EOF\nEOF", 8, "cannot be the destination")]
    public void TheFaultIsNamedWithItsPlace(string instruction, int column, string fault)
    {
        EngineException failure = Refused("# comment\nFROM base\n" + instruction + "\n");

        Assert.StartsWith($"Dockerfile:3:{column}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"    3 | {instruction.Split('\n')[0]}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(new string(' ', column - 1) + "^", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheColumnIsThatOfTheContinuedLine()
    {
        EngineException failure = Refused("FROM base\nENV a=b \\\n  # comment\n\tc=d \\\n\te");

        Assert.Equal("Dockerfile:5:2: 'e' is no name=value; ENV wants quotes around a value with blanks\n    5 | \te\n      | \t^",
            failure.Message);
    }

    [Theory]
    [InlineData("", "Dockerfile:1:1: a Dockerfile has at least one FROM")]
    [InlineData("ARG x\n# nothing", "Dockerfile:2:1: a Dockerfile has at least one FROM")]
    [InlineData("ARG x\nRUN x\nFROM y", "Dockerfile:2:1: RUN stands before the first FROM")]
    [InlineData("# escape=x\nFROM y", "Dockerfile:1:1: the escape character")]
    [InlineData("# syntax=a\n# SYNTAX=b\nFROM y", "Dockerfile:2:1: the directive 'syntax' is given twice")]
    public void TheWholeHasToFit(string content, string fault) =>
        Assert.StartsWith(fault, Refused(content).Message, StringComparison.Ordinal);

    [Fact]
    public void WhateverIsWrittenIsReadOrRefused()
    {
        Random random = new(7);
        string[] pieces =
        [
            "FROM", "RUN", "COPY", "ADD", "ENV", "ONBUILD", "HEALTHCHECK", "SHELL", "base", "AS", "--from=", "--mount=type=",
            "cache", "=", ",", " ", " ", "\n", "\n", "\\", "\\\n", "\"", "'", "$", "${", "}", "[", "]", "<<EOF", "EOF", "#", "\t",
            "# escape=`\n", "`", "/", ":-", "%%", "é", "\0", "\r\n", "CMD", "ARG x", "LABEL",
        ];
        for (int i = 0; i < 4_000; i++)
        {
            string content = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (i % 2 == 0) content = "FROM base\n" + content;
            try
            {
                foreach (Instruction instruction in Dockerfile.Read("Dockerfile", content).Instructions)
                {
                    foreach (Word word in Word.Split(instruction.Line, 0)) new WordExpansion(static n => n).Expand(word);
                    foreach (HereDocument document in instruction.Line.HereDocuments)
                        new WordExpansion(static _ => null).ExpandDocument(document, instruction.Line);
                }
            }
            catch (EngineException failure)
            {
                Assert.Equal("DockerfileInvalid", failure.Definition.Id);
            }
        }
    }
}
