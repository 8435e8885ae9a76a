using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Header fields as old and new writers fill them.</summary>
public sealed class TarHeaderTests
{
    [Fact]
    public void ChecksumsMayBeOfSignedOrUnsignedBytes()
    {
        byte[] tar = new TarBuilder().Add("caf\u00e9\u00ff").End();
        Assert.True(new TarHeader(tar.AsSpan(0, 512)).ChecksumMatches);

        int sum = 0;
        for (int i = 0; i < 512; i++) sum += i is >= 148 and < 156 ? ' ' : (sbyte)tar[i];
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        Assert.True(new TarHeader(tar.AsSpan(0, 512)).ChecksumMatches);

        tar[0]++;
        Assert.False(new TarHeader(tar.AsSpan(0, 512)).ChecksumMatches);
    }

    [Fact]
    public void TheLargestSumIsRight()
    {
        byte[] record = new byte[512];
        record.AsSpan().Fill(0xff);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString((504 * 255) + (8 * ' '), 8) + "\0 ").CopyTo(record, 148);
        record.AsSpan(148, 8)[^1] = (byte)' ';
        Assert.True(new TarHeader(record).ChecksumMatches);
    }

    [Theory]
    [InlineData("0000644\0", 420)]
    [InlineData("   644 \0", 420)]
    [InlineData("77777777", 16_777_215)]
    [InlineData("\0\0\0\0\0\0\0\0", 0)]
    [InlineData("        ", 0)]
    [InlineData("\u0080\0\0\0\0\0\u0001\0", 256)]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00fe", -2)]
    public void NumbersAreOctalOrBase256(string field, long expected)
    {
        Assert.True(TarNumber.TryParse(System.Text.Encoding.Latin1.GetBytes(field), out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("00006x4\0")]
    [InlineData("0000684\0")]
    [InlineData("-000644\0")]
    [InlineData("777777777777777777777777")]
    [InlineData("\u0080\u0001\0\0\0\0\0\0\0\0\0\0")]
    public void OtherNumbersAreErrors(string field) =>
        Assert.False(TarNumber.TryParse(System.Text.Encoding.Latin1.GetBytes(field), out _));
}
