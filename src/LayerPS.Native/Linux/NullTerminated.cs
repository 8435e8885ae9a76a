using System.Text;

namespace LayerPS.Linux;

/// <summary>Text in the form the kernel takes: UTF-8 with a zero byte at the end.</summary>
internal static class NullTerminated
{
    internal static byte[] From(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
