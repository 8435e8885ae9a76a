using System.Collections.Concurrent;
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

    private readonly BlockingCollection<TarBlock> _free = [];
    private readonly BlockingCollection<TarBlock> _toParse = [];
    private readonly BlockingCollection<TarBlock> _toHash = [];
    private readonly CancellationTokenSource _stop;
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
        (_source, _limits) = (source, limits);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (int i = 0; i < BlockCount; i++) _free.Add(new TarBlock(), CancellationToken.None);
        _reader = new Thread(ReadAll) { IsBackground = true, Name = "layerps tar reader" };
        _hasher = new Thread(HashAll) { IsBackground = true, Name = "layerps tar hash" };
        _reader.Start();
        _hasher.Start();
    }

    /// <summary>How many bytes the parser has taken.</summary>
    internal long Position { get; private set; }

    /// <summary>Takes what is at hand, at most <paramref name="maximum"/> bytes; empty only at the stream's end.</summary>
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
        if (!_toParse.TryTake(out TarBlock? next, Timeout.Infinite, _stop.Token))
        {
            _failure?.Throw();
            return default;
        }
        _current = next;
        return next.Bytes;
    }

    /// <summary>The SHA-256 of the whole stream in hex; the parser must have come to its end.</summary>
    internal string FinishHash()
    {
        _hasher.Join();
        _failure?.Throw();
        return Convert.ToHexStringLower(_digest!);
    }

    public void Dispose()
    {
        _stop.Cancel();
        bool ended = _reader.Join(PatienceAtEnd) & _hasher.Join(PatienceAtEnd);
        // Threads that still run find these alive; the collector takes them later.
        if (!ended) return;
        _free.Dispose();
        _toParse.Dispose();
        _toHash.Dispose();
        _stop.Dispose();
    }

    private void ReadAll()
    {
        try
        {
            long total = 0;
            TarBlock block;
            do
            {
                block = _free.Take(_stop.Token);
                block.Fill(_source, users: 2);
                total += block.Length;
                CheckLimits(total);
                _toHash.Add(block);
                _toParse.Add(block);
            }
            while (block.Length == TarBlock.Capacity);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            _toHash.CompleteAdding();
            _toParse.CompleteAdding();
        }
    }

    private void HashAll()
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (TarBlock block in _toHash.GetConsumingEnumerable(_stop.Token))
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
