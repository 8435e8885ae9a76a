using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>The SHA-256 of what is copied: paths, types, permissions, attributes and content, but no times.</summary>
/// <param name="owners">Whether owners count: they do where they are copied.</param>
internal sealed class CopyDigest(bool owners) : ICopyTarget, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(128 * 1024);

    internal string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void BeginDirectory(byte[] path, in FileStatus status, SafeFileHandle directory)
    {
        AddHead(path, status);
        AddAttributes(directory);
    }

    public void EndDirectory(byte[] path, in FileStatus status) => Add("end"u8);

    public void AddFile(byte[] path, in FileStatus status, SafeFileHandle file)
    {
        AddHead(path, status);
        AddAttributes(file);
        AddNumber(status.Size);
        FileContent.Seek(file, 0);
        for (int read; (read = FileContent.Read(file, _buffer)) > 0;) _hash.AppendData(_buffer, 0, read);
        FileContent.Seek(file, 0);
    }

    public void AddSpecial(byte[] path, in FileStatus status, byte[] link)
    {
        AddHead(path, status);
        Add(link);
        Add(Encoding.ASCII.GetBytes(status.Node.ToString()));
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        AddNumber(bytes.Length);
        _hash.AppendData(bytes);
    }

    public void Dispose() => _hash.Dispose();

    private void AddHead(byte[] path, in FileStatus status)
    {
        Add(path);
        AddNumber(status.Mode);
        if (!owners) return;
        AddNumber(status.Uid);
        AddNumber(status.Gid);
    }

    private void AddAttributes(SafeFileHandle file)
    {
        foreach (ExtendedAttribute attribute in FileAttributeReader.Read(file))
        {
            Add(attribute.Name);
            Add(attribute.Value);
        }
    }

    private void AddNumber(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
