using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Seccomp;

/// <summary>
/// The programs that profiles were made into, a file each in the store. Making one takes longer than the whole start of a
/// container, so it is done once for each profile, set of capabilities, kernel and libseccomp.
/// </summary>
internal sealed class SeccompFilterCache(StoreLayout layout)
{
    private const string DefaultName = "default-profile.json";

    private static readonly Lazy<byte[]> Default = new(ReadDefault);
    private static readonly Lazy<string> DefaultDigest = new(static () => Digest(Default.Value));

    /// <summary>The file of the program that a container is started with.</summary>
    /// <param name="path">The profile; null for the usual one.</param>
    /// <param name="capabilities">All that the container can have, by name.</param>
    /// <exception cref="EngineException">SeccompProfileNotFound, SeccompProfileInvalid, SeccompUnavailable.</exception>
    internal string PathOf(string? path, IReadOnlyList<string> capabilities)
    {
        byte[] profile = path is null ? Default.Value : ReadFile(path);
        string file = Path.Combine(layout.Seccomp, KeyOf(path is null ? DefaultDigest.Value : Digest(profile), capabilities));
        if (!File.Exists(file)) Make(file, Parse(profile, path), path, capabilities);
        return file;
    }

    /// <summary>Refuses what is no profile.</summary>
    /// <exception cref="EngineException">SeccompProfileNotFound, SeccompProfileInvalid, SeccompUnavailable.</exception>
    internal static void Check(string path) => Compile(Parse(ReadFile(path), path), path, DefaultCapabilitiesForCheck);

    /// <summary>How many instructions the usual program has, made anew.</summary>
    /// <exception cref="EngineException">SeccompUnavailable.</exception>
    internal static int MeasureDefault() =>
        Compile(Parse(Default.Value, null), null, DefaultCapabilitiesForCheck).Length / SeccompProgram.InstructionSize;

    private static string[] DefaultCapabilitiesForCheck => Containers.DefaultCapabilities.Names;

    private static string KeyOf(string digest, IReadOnlyList<string> capabilities)
    {
        string all = string.Create(
            CultureInfo.InvariantCulture,
            $"{digest} {Capabilities.MaskOf(capabilities):x} {Environment.OSVersion.Version} {SeccompHost.LibraryArchitecture} {SeccompLibrary.Version}");
        return Digest(Encoding.UTF8.GetBytes(all));
    }

    private static void Make(string file, SeccompProfile profile, string? path, IReadOnlyList<string> capabilities)
    {
        byte[] program = Compile(profile, path, capabilities);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, program, durable: false);
    }

    private static byte[] Compile(SeccompProfile profile, string? path, IReadOnlyList<string> capabilities)
    {
        if (SeccompLibrary.Version is null)
        {
            throw new EngineException(
                EngineErrors.SeccompUnavailable, $"{SeccompLibrary.Name}, which makes the filter of system calls, is not installed.");
        }

        using SafeFileHandle program = MemoryFile.Create("seccomp");
        try
        {
            SeccompCompiler.Compile(profile, SeccompHost.Target(capabilities), program);
        }
        catch (Exception e) when (e is FormatException or LinuxException)
        {
            throw Invalid(path, e.Message, e);
        }

        byte[] bytes = new byte[RandomAccess.GetLength(program)];
        _ = RandomAccess.Read(program, bytes, 0);
        return bytes;
    }

    private static SeccompProfile Parse(byte[] json, string? path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SeccompJson.Default.SeccompProfile) ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw Invalid(path, e.Message, e);
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineErrors.SeccompProfileNotFound, $"The seccomp profile '{path}' cannot be read: {e.Message}", path, inner: e);
        }
    }

    private static byte[] ReadDefault()
    {
        using Stream resource = typeof(SeccompFilterCache).Assembly.GetManifestResourceStream(DefaultName)!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static EngineException Invalid(string? path, string reason, Exception inner) => new(
        EngineErrors.SeccompProfileInvalid, $"The seccomp profile '{path ?? DefaultName}' means nothing here: {reason}", path, inner: inner);
}
