using ICSharpCode.SharpZipLib;
using ZstdSharp;

namespace LayerPS.Archives;

/// <summary>Turns what the decoders throw, each in its own way, into the one error for a damaged archive.</summary>
internal sealed class CheckedDecoder(Stream decoder, string format) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return decoder.Read(buffer);
        }
        catch (EndOfStreamException e)
        {
            throw ArchiveErrors.Invalid($"its {format} stream ends too early; the file is cut off", e);
        }
        catch (Exception e) when (e is InvalidDataException or SharpZipBaseException or ZstdException)
        {
            throw ArchiveErrors.Invalid($"its {format} stream is damaged ({e.Message.TrimEnd('.')})", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) decoder.Dispose();
        base.Dispose(disposing);
    }
}
