using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>
/// Gathers small writes into large ones and counts the bytes. What is below stays open, and gets the rest of the
/// bytes at <see cref="Flush"/> only: after a failure nothing more is written. Cancelling stops the next large write.
/// </summary>
internal sealed class TarOutput(Stream destination, CancellationToken cancellationToken = default) : WriteOnlyStream
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(1024 * 1024);
    private int _used;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count += buffer.Length;
        if (buffer.Length > _buffer.Length - _used) WriteThrough();
        if (buffer.Length >= _buffer.Length)
        {
            destination.Write(buffer);
            return;
        }
        buffer.CopyTo(_buffer.AsSpan(_used));
        _used += buffer.Length;
    }

    internal void WriteZeros(long count)
    {
        while (count > 0)
        {
            if (_used == _buffer.Length) WriteThrough();
            int step = (int)Math.Min(count, _buffer.Length - _used);
            _buffer.AsSpan(_used, step).Clear();
            _used += step;
            Count += step;
            count -= step;
        }
    }

    /// <summary>Writes what a file has at its position, read straight into the buffer.</summary>
    /// <returns>How many bytes; 0 at the end of the file.</returns>
    internal int WriteFrom(SafeFileHandle file, long maximum)
    {
        if (_used == _buffer.Length) WriteThrough();
        int read = FileContent.Read(file, _buffer.AsSpan(_used, (int)Math.Min(maximum, _buffer.Length - _used)));
        _used += read;
        Count += read;
        return read;
    }

    public override void Flush()
    {
        WriteThrough();
        destination.Flush();
    }

    private void WriteThrough()
    {
        cancellationToken.ThrowIfCancellationRequested();
        destination.Write(_buffer, 0, _used);
        _used = 0;
    }
}
