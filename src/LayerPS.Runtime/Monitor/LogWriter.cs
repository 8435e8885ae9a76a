using System.Text;
using LayerPS.Containers;
using LayerPS.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Writes CRI log lines: <c>time stream tag text</c>, where the tag is F for a whole line and P for a part whose rest
/// follows (the logging format of Kubernetes' container runtime interface).
/// </summary>
internal sealed class LogWriter(int log)
{
    private const int Capacity = 32 * 1024;
    private const int PrefixCapacity = 64;

    internal void Write(LogStream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> lines = stackalloc byte[Capacity];
        Span<byte> prefix = stackalloc byte[PrefixCapacity];
        int prefixLength = WriteTimeAndStream(prefix, stream);
        int used = 0;
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = end < 0 ? bytes : bytes[..end];
            if (used + prefixLength + text.Length + 3 > Capacity)
            {
                Append(lines[..used]);
                used = 0;
            }

            prefix[..prefixLength].CopyTo(lines[used..]);
            used += prefixLength;
            lines[used++] = (byte)(end < 0 ? 'P' : 'F');
            lines[used++] = (byte)' ';
            text.CopyTo(lines[used..]);
            used += text.Length;
            lines[used++] = (byte)'\n';
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }

        Append(lines[..used]);
    }

    private static int WriteTimeAndStream(Span<byte> prefix, LogStream stream)
    {
        _ = DateTime.UtcNow.TryFormat(prefix, out int length, "O", null);
        string name = stream == LogStream.StandardOutput ? " stdout " : " stderr ";
        return length + Encoding.UTF8.GetBytes(name, prefix[length..]);
    }

    // A full disk must not stop the container: what does not fit is lost, what comes later is tried again.
    private void Append(ReadOnlySpan<byte> lines)
    {
        try
        {
            Descriptors.WriteAll(log, lines);
        }
        catch (LinuxException)
        {
        }
    }
}
