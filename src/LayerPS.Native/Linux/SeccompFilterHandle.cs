using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>A filter that libseccomp is making.</summary>
internal sealed partial class SeccompFilterHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Release(handle);
        return true;
    }

    [LibraryImport(SeccompLibrary.Name, EntryPoint = "seccomp_release")]
    private static partial void Release(nint filter);
}
