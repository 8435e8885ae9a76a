using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>A file or directory that is copied.</summary>
/// <param name="Path">Below the root of its tree; empty for the root.</param>
/// <param name="Status">What the kernel knows of it.</param>
/// <param name="Handle">Open for reading.</param>
internal sealed record CopySource(string Path, FileStatus Status, SafeFileHandle Handle) : IDisposable
{
    internal string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public void Dispose() => Handle.Dispose();
}
