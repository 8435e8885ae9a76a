using System.Runtime.InteropServices;

namespace LayerPS.Archives;

/// <summary>
/// A decoder of liblzma, the library of xz, see <c>lzma/base.h</c> and <c>lzma/container.h</c>. Its state stays
/// alive while a call runs, whoever disposes it meanwhile.
/// </summary>
internal sealed unsafe partial class LzmaDecoderHandle : SafeHandle
{
    private const string Library = "liblzma.so.5";
    private const uint Concatenated = 0x08; // LZMA_CONCATENATED
    private const int Run = 0, Finish = 3; // lzma_action
    private const int Ok = 0, StreamEnd = 1, OutOfMemory = 5, MemoryLimit = 6, BufferError = 10; // lzma_ret

    // What the strongest preset of xz needs is 65 MiB; a header can ask for gigabytes.
    private const ulong MaximumMemory = 1UL << 30;

    private bool _initialized;

    public LzmaDecoderHandle()
        : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(LzmaStream)));

    public override bool IsInvalid => handle == 0;

    internal static LzmaDecoderHandle Create()
    {
        LzmaDecoderHandle decoder = new();
        try
        {
            int result = lzma_stream_decoder((LzmaStream*)decoder.handle, MaximumMemory, Concatenated);
            decoder._initialized = true;
            return result == Ok ? decoder : throw new InsufficientMemoryException("liblzma cannot make a decoder.");
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new EngineException(
                EngineErrors.HostNotSupported, $"The archive is packed with xz, and this host has no {Library}.",
                Library,
                "Install it (Debian and Ubuntu: liblzma5; Fedora, RHEL and SUSE: xz-libs or liblzma5; Arch: xz), "
                + "or unpack the archive first.", e);
        }
    }

    /// <returns>True when the last stream has ended.</returns>
    internal bool Decode(
        ReadOnlySpan<byte> input, Span<byte> output, bool lastInput, out int consumed, out int produced)
    {
        bool held = false;
        try
        {
            DangerousAddRef(ref held);
            LzmaStream* stream = (LzmaStream*)handle;
            fixed (byte* i = input, o = output)
            {
                stream->NextIn = i;
                stream->AvailableIn = (nuint)input.Length;
                stream->NextOut = o;
                stream->AvailableOut = (nuint)output.Length;
                int result = lzma_code(stream, lastInput ? Finish : Run);
                consumed = input.Length - (int)stream->AvailableIn;
                produced = output.Length - (int)stream->AvailableOut;
                return result switch
                {
                    Ok => false,
                    StreamEnd => true,
                    BufferError when lastInput => throw new EndOfStreamException(),
                    BufferError => false,
                    OutOfMemory or MemoryLimit => throw new InvalidDataException("it wants too much memory to unpack"),
                    _ => throw new InvalidDataException($"lzma error {result}"),
                };
            }
        }
        finally
        {
            if (held) DangerousRelease();
        }
    }

    protected override bool ReleaseHandle()
    {
        // Where the library is missing, so is lzma_end.
        if (_initialized) lzma_end((LzmaStream*)handle);
        NativeMemory.Free((void*)handle);
        return true;
    }

    [LibraryImport(Library)]
    private static partial int lzma_stream_decoder(LzmaStream* stream, ulong memoryLimit, uint flags);

    [LibraryImport(Library)]
    private static partial int lzma_code(LzmaStream* stream, int action);

    [LibraryImport(Library)]
    private static partial void lzma_end(LzmaStream* stream);

    /// <summary>lzma_stream as 64-bit machines lay it out; the fields that are not used here are left out.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 136)]
    private struct LzmaStream
    {
        [FieldOffset(0)]
        internal byte* NextIn;

        [FieldOffset(8)]
        internal nuint AvailableIn;

        [FieldOffset(24)]
        internal byte* NextOut;

        [FieldOffset(32)]
        internal nuint AvailableOut;
    }
}
