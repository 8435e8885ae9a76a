namespace LayerPS.Archives;

/// <summary>A piece of the tar stream, on its way to the parser and to the hash at the same time.</summary>
internal sealed class TarBlock
{
    /// <summary>A multiple of a record, so that no header lies across two blocks.</summary>
    internal const int Capacity = 256 * 1024;

    private int _users;

    internal byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(Capacity);

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);

    /// <summary>Fills the block from the stream; only the stream's end leaves it shorter than its capacity.</summary>
    internal void Fill(Stream source, int users)
    {
        Length = source.ReadAtLeast(Buffer, Capacity, throwOnEndOfStream: false);
        _users = users;
    }

    /// <summary>Fills the block with as much as fits.</summary>
    /// <returns>How many bytes that were.</returns>
    internal int Fill(ReadOnlySpan<byte> source)
    {
        Length = Math.Min(source.Length, Capacity);
        source[..Length].CopyTo(Buffer);
        return Length;
    }

    /// <returns>True when the last user is done with it.</returns>
    internal bool Release() => Interlocked.Decrement(ref _users) == 0;
}
