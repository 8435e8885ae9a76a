using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace LayerPS.Archives;

/// <summary>
/// Reads the tar stream ahead of the parser on one thread (with it goes decompression) and hashes it on another, over
/// a fixed set of blocks.
/// </summary>
internal sealed class TarReadAhead : IDisposable
{
    private const int BlockCount = 12;

    // A read that does not come back, from a pipe, may not hold up Ctrl+C.
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromMilliseconds(500);

    private readonly TarBlockQueue _free = new();
    private readonly TarBlockQueue _toParse = new();
    private readonly TarBlockQueue _toHash = new();
    private readonly CancellationTokenRegistration _cancelled;
    private readonly CancellationToken _cancellationToken;
    private readonly Thread _reader;
    private readonly Thread _hasher;
    private readonly UnpackOptions _limits;
    private readonly Stream _source;
    private ExceptionDispatchInfo? _failure;
    private byte[]? _digest;
    private TarBlock? _current;
    private int _offset;

    internal TarReadAhead(Stream source, UnpackOptions limits, CancellationToken cancellationToken)
    {
        (_source, _limits, _cancellationToken) = (source, limits, cancellationToken);
        for (int i = 0; i < BlockCount; i++) _free.Add(new TarBlock());
        _reader = new Thread(ReadAll) { IsBackground = true, Name = "layerps tar reader" };
        _hasher = new Thread(HashAll) { IsBackground = true, Name = "layerps tar hash" };
        _reader.Start();
        _hasher.Start();
        _cancelled = cancellationToken.Register(Stop);
    }

    /// <summary>How many bytes the parser has taken.</summary>
    internal long Position { get; private set; }

    /// <summary>
    /// Takes what is at hand, at most <paramref name="maximum"/> bytes; empty only at the stream's end.
    /// </summary>
    /// <remarks>The bytes stay valid until the next call.</remarks>
    internal ReadOnlySpan<byte> Take(long maximum)
    {
        ReadOnlySpan<byte> bytes = Peek();
        if (bytes.Length > maximum) bytes = bytes[..(int)maximum];
        _offset += bytes.Length;
        Position += bytes.Length;
        return bytes;
    }

    /// <summary>The bytes at hand, without taking them: at least a record, unless the stream ends before.</summary>
    internal ReadOnlySpan<byte> Peek()
    {
        if (_current is not null && _offset < _current.Length) return _current.Bytes[_offset..];
        if (_current is not null) Release(_current);
        (_current, _offset) = (null, 0);
        _cancellationToken.ThrowIfCancellationRequested();
        _current = _toParse.Take();
        if (_current is null) _failure?.Throw();
        return _current is null ? default : _current.Bytes;
    }

    /// <summary>The SHA-256 of the whole stream in hex; the parser must have come to its end.</summary>
    internal string FinishHash()
    {
        _hasher.Join();
        _failure?.Throw();
        return _digest is null
            ? throw new OperationCanceledException(_cancellationToken)
            : Convert.ToHexStringLower(_digest);
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        Stop();
        _reader.Join(PatienceAtEnd);
        _hasher.Join(PatienceAtEnd);
    }

    private void Stop()
    {
        _free.Stop();
        _toParse.Stop();
        _toHash.Stop();
    }

    private void ReadAll()
    {
        try
        {
            long total = 0;
            while (_free.Take() is { } block)
            {
                block.Fill(_source, users: 2);
                total += block.Length;
                CheckLimits(total);
                bool last = block.Length < TarBlock.Capacity;
                // The parser may give the block back before these lines end; nothing of it is read here any more.
                _toHash.Add(block);
                _toParse.Add(block);
                if (last) break;
            }
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            _toHash.Complete();
            _toParse.Complete();
        }
    }

    private void HashAll()
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            while (_toHash.Take() is { } block)
            {
                hash.AppendData(block.Bytes);
                Release(block);
            }
            _digest = hash.GetHashAndReset();
        }
        catch (OperationCanceledException)
        {
            // The parser gave up; nobody asks for the digest.
        }
    }

    private void CheckLimits(long total)
    {
        if (total > _limits.MaximumTarSize)
            throw new EngineException(
                EngineErrors.ArchiveRefused,
                $"The archive was refused: it is larger than {_limits.MaximumTarSize} bytes when unpacked.");
        if (_limits.CompressedBytes is null || total <= _limits.RatioExemptSize) return;
        long compressed = Math.Max(_limits.CompressedBytes(), 1);
        if (total / compressed > _limits.MaximumRatio)
            throw new EngineException(
                EngineErrors.ArchiveRefused,
                $"The archive was refused: it unpacks to more than {_limits.MaximumRatio} times its size.");
    }

    private void Release(TarBlock block)
    {
        if (block.Release()) _free.Add(block);
    }
}
