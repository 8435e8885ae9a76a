using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;
using LayerPS.Seccomp;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Runtime.Oci.Configuration;

/// <summary>
/// The program that filters a container's system calls (runtime-spec, config-linux.md, "Seccomp"). Engines give nearly all
/// containers the same rules, and making a program of them takes longer than all else: so they are kept.
/// </summary>
internal static class SeccompFilter
{
    private const string CacheName = ".seccomp";

    /// <param name="profile">The rules; null for none.</param>
    /// <param name="directory">The container, which gets the program.</param>
    /// <param name="root">Where the programs are kept.</param>
    internal static void Write(SeccompProfile? profile, ContainerDirectory directory, string root)
    {
        if (profile is null) return;
        byte[] rules = JsonSerializer.SerializeToUtf8Bytes(profile, SeccompJson.Default.SeccompProfile);
        string cached = Path.Combine(root, CacheName, KeyOf(rules));
        byte[]? program = SmallFile.TryRead(cached);
        if (program is null)
        {
            program = Compile(profile);
            Directory.CreateDirectory(Path.GetDirectoryName(cached)!);
            AtomicFile.Write(cached, program, durable: false);
        }

        File.WriteAllBytes(directory.Filter, program);
    }

    private static string KeyOf(byte[] rules)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(rules);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Environment.OSVersion.Version} {SeccompLibrary.Version}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Compile(SeccompProfile profile)
    {
        if (SeccompLibrary.Version is null) throw new OciException($"linux.seccomp: {SeccompLibrary.Name} is not installed.");
        using SafeFileHandle program = MemoryFile.Create("seccomp");
        try
        {
            SeccompCompiler.Compile(profile, SeccompHost.Target([]), program);
        }
        catch (Exception e) when (e is FormatException or LinuxException)
        {
            throw new OciException($"linux.seccomp: {e.Message}.");
        }

        byte[] bytes = new byte[RandomAccess.GetLength(program)];
        _ = RandomAccess.Read(program, bytes, 0);
        return bytes;
    }
}
