namespace LayerPS.Archives;

/// <summary>xz, by the host's liblzma: several streams one after another are one.</summary>
internal sealed class XzDecoder(Stream source) : ReadOnlyStream
{
    private readonly byte[] _input = new byte[64 * 1024];
    private readonly LzmaDecoderHandle _decoder = LzmaDecoderHandle.Create();
    private int _start;
    private int _end;
    private bool _sourceEnded;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (!_ended)
        {
            if (_start == _end && !_sourceEnded)
            {
                (_start, _end) = (0, source.Read(_input));
                _sourceEnded = _end == 0;
            }
            _ended = _decoder.Decode(
                _input.AsSpan(_start, _end - _start), buffer, _sourceEnded, out int consumed, out int produced);
            _start += consumed;
            if (produced > 0) return produced;
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _decoder.Dispose();
        base.Dispose(disposing);
    }
}
