using System.Security.Cryptography;
using LayerPS.Dockerfiles;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>ADD of a file from the web.</summary>
internal sealed class RemoteFile : IDisposable
{
    private const uint OwnerOnly = 384; // rw-------

    private readonly StagedDirectory _staged;
    private readonly DateTimeOffset? _modified;

    private RemoteFile(StagedDirectory staged, string name, string digest, DateTimeOffset? modified)
    {
        _staged = staged;
        Name = name;
        Digest = digest;
        _modified = modified;
    }

    internal string Name { get; }

    /// <summary>The SHA-256 of its content.</summary>
    internal string Digest { get; }

    /// <exception cref="EngineException">DockerfileInvalid; BuildSourceNotFound; BuildSourceRefused: another checksum.</exception>
    internal static RemoteFile Fetch(ImageBuild build, Word word, string address, string? checksum)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")
            || uri.AbsolutePath.EndsWith(".git", StringComparison.Ordinal))
        {
            throw word.Fault($"'{address}' is not supported; ADD takes http:// and https:// and no Git repositories");
        }

        if (checksum is not null && !ContentDigest.TryGetHex(checksum, out _))
            throw word.Fault($"'{checksum}' is no checksum; it is sha256: and 64 hexadecimal digits");
        StagedDirectory staged = StagingArea.Create(build.Layout);
        try
        {
            using HttpClient client = new();
            using HttpRequestMessage request = new(HttpMethod.Get, uri);
            using HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, build.Stop);
            if (!response.IsSuccessStatusCode) throw NotFound(address, $"the server said {(int)response.StatusCode}", null);
            string digest = Save(response, Path.Combine(staged.Path, "file"), build.Stop);
            if (checksum is not null && checksum != ContentDigest.Prefix + digest)
            {
                throw new EngineException(
                    EngineErrors.BuildSourceRefused,
                    $"'{address}' has the checksum {ContentDigest.Prefix}{digest}, not {checksum}.", address);
            }

            string name = Path.GetFileName(Uri.UnescapeDataString(uri.AbsolutePath));
            return new RemoteFile(staged, name.Length == 0 ? "index" : name, digest, response.Content.Headers.LastModified);
        }
        catch (HttpRequestException e)
        {
            staged.Dispose();
            throw NotFound(address, e.Message, e);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    internal void CopyTo(TreeWriter writer, byte[] path, FileTime now)
    {
        using SafeFileHandle file = File.OpenHandle(Path.Combine(_staged.Path, "file"));
        FileTime time = _modified is { } modified ? new FileTime(modified.ToUnixTimeSeconds(), 0) : now;
        FileStatus status = FileStatus.Of(file) with { Mode = FileType.Regular | OwnerOnly, Uid = 0, Gid = 0, Modified = time };
        writer.AddFile(path, status, file);
    }

    public void Dispose() => _staged.Dispose();

    private static string Save(HttpResponseMessage response, string path, CancellationToken stop)
    {
        using Stream content = response.Content.ReadAsStream(stop);
        using FileStream file = File.Create(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            file.Write(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static EngineException NotFound(string address, string why, Exception? inner) => new(
        EngineErrors.BuildSourceNotFound, $"'{address}' could not be fetched: {why}.", address, inner: inner);
}
