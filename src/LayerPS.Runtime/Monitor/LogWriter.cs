using System.Text;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Writes CRI log lines: <c>time stream tag text</c>, where the tag is F for a whole line and P for a part whose rest
/// follows (the logging format of Kubernetes' container runtime interface).
/// </summary>
internal sealed class LogWriter
{
    private const uint Mode = 416; // rw-r-----
    private const int Capacity = 32 * 1024;
    private const int PrefixCapacity = 64;

    private readonly LogLimits _limits;
    private int _log;
    private long _size;
    private bool _lineIsCut;

    internal LogWriter(LogLimits limits)
    {
        _limits = limits;
        Open();
    }

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
            if (_limits.Size > 0 && _size > 0 && _size + lines.Length > _limits.Size) Rotate();
            if (_lineIsCut) Descriptors.WriteAll(_log, "\n"u8);
            Descriptors.WriteAll(_log, lines);
            _size += lines.Length;
            _lineIsCut = false;
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            _lineIsCut = true;
        }
    }

    private void Open()
    {
        _log = Descriptors.Open(
            ContainerFiles.Log, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_NOFOLLOW, Mode);
        _size = LibC.lseek(_log, 0, LibC.SEEK_END);
    }

    // Who runs the container in the foreground gets all that it writes, however slowly it is taken.
    private void Rotate()
    {
        int keep = FileLock.IsHeld(ContainerFiles.OutputLock) ? int.MaxValue : _limits.Count - 1;
        FileRotation.Shift(ContainerFiles.Log, keep);
        Descriptors.Close(_log);
        Open();
        _lineIsCut = false;
    }
}
