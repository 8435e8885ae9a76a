using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>What a copy goes to: a tree of files, or a digest.</summary>
internal interface ICopyTarget
{
    /// <summary>A directory begins; what is in it follows.</summary>
    public void BeginDirectory(byte[] path, in FileStatus status, SafeFileHandle directory);

    /// <summary>A directory has ended.</summary>
    public void EndDirectory(byte[] path, in FileStatus status);

    public void AddFile(byte[] path, in FileStatus status, SafeFileHandle file);

    /// <summary>A symbolic link, device or fifo.</summary>
    public void AddSpecial(byte[] path, in FileStatus status, byte[] link);
}
