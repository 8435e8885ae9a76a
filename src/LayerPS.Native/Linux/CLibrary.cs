using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>The C library that this process runs with.</summary>
internal static partial class CLibrary
{
    /// <summary>See gnu_get_libc_version(3); null where it is another library.</summary>
    internal static Version? GlibcVersion
    {
        get
        {
            try
            {
                return Version.Parse(Marshal.PtrToStringUTF8(GetVersion())!);
            }
            catch (EntryPointNotFoundException)
            {
                return null;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GetVersion();
}
