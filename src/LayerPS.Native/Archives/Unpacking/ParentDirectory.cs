using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>A directory of the layer that is held open; its path is free of links, and empty for the root.</summary>
internal sealed record ParentDirectory(SafeFileHandle Handle, byte[] Path);
