using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Images;

/// <summary>ADD of an archive of the context: tar, plain or gzip, bzip2, xz, zstd, is unpacked, as <c>tar -x</c> would.</summary>
internal static class LocalArchive
{
    private const int BlockSize = 512;

    /// <returns>False for what is no archive.</returns>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused.</exception>
    internal static bool TryUnpack(CopySource source, SafeFileHandle root, byte[] to, ImageBuild build)
    {
        if (!source.Status.IsRegularFile || !LooksLikeTar(source.Handle)) return false;
        new TreeWriter(root, new CopyAttributes(0, 0, null)).MakeDirectories(to);
        int error = FileTree.TryOpenBelow(
            root, to, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot, out SafeFileHandle? target);
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(to), error);
        using (target)
        using (FileStream stream = Open(source.Handle))
        using (DecodedStream decoded = Compression.OpenRead(stream, leaveOpen: true))
        {
            UnpackOptions options = UnpackOptions.RootFileSystem;
            if (decoded.Kind != CompressionKind.None)
                options = options with { CompressedBytes = () => decoded.CompressedBytes };
            LayerUnpacker.Unpack(
                decoded.Content, $"/proc/self/fd/{target!.Number()}", Stream.Null, options, null, build.Stop);
        }

        return true;
    }

    private static bool LooksLikeTar(SafeFileHandle file)
    {
        using FileStream stream = Open(file);
        try
        {
            using DecodedStream decoded = Compression.OpenRead(stream, leaveOpen: true);
            byte[] start = new byte[BlockSize];
            return decoded.Content.ReadAtLeast(start, BlockSize, throwOnEndOfStream: false) == BlockSize
                && start[0] != 0 && TarHeader.LooksLikeTar(start);
        }
        catch (EngineException)
        {
            return false;
        }
    }

    // A stream with a position of its own, which does not close the handle.
    private static FileStream Open(SafeFileHandle file) =>
        new($"/proc/self/fd/{file.Number()}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
}
