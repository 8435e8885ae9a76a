using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LayerPS.Archives;

namespace LayerPS.Images;

/// <summary>The files of an archive of images, read in any order.</summary>
internal abstract class ImageFiles
{
    // What registries take at most, distribution-spec, "Pushing Manifests".
    private const int MaximumJsonSize = 4 * 1024 * 1024;

    /// <summary>Opens a regular file; null where there is none.</summary>
    /// <exception cref="EngineException">ArchiveRefused: the name leads to something else.</exception>
    internal abstract Stream? TryOpen(string name, out long length);

    /// <summary>The names of the folders at the top, in no order.</summary>
    internal abstract IEnumerable<string> Folders();

    internal bool Contains(string name)
    {
        using Stream? file = TryOpen(name, out _);
        return file is not null;
    }

    /// <summary>Whether there is such a file, and this is its first byte that is no white space.</summary>
    internal bool StartsWith(string name, char first)
    {
        using Stream? file = TryOpen(name, out _);
        for (int i = 0; file is not null && i < 64; i++)
        {
            int read = file.ReadByte();
            if (read == first) return true;
            if (read is not (' ' or '\t' or '\r' or '\n')) return false;
        }

        return false;
    }

    /// <exception cref="EngineException">ArchiveInvalid: the file is missing.</exception>
    internal Stream Open(string name, out long length) => TryOpen(name, out length)
        ?? throw ArchiveErrors.Invalid($"it has no file '{name}', which belongs to one of its images");

    /// <summary>All of a small file.</summary>
    /// <exception cref="EngineException">ArchiveInvalid: the file is missing. ArchiveRefused: it is too large.</exception>
    internal byte[] Read(string name)
    {
        using Stream file = Open(name, out long length);
        if (length > MaximumJsonSize)
            throw new EngineException(
                EngineErrors.ArchiveRefused,
                $"The archive was refused: '{name}' has {length} bytes, and metadata may have {MaximumJsonSize}.", name);
        byte[] content = new byte[length];
        file.ReadExactly(content);
        return content;
    }

    internal T ReadJson<T>(string name, JsonTypeInfo<T> type) => ParseJson(name, Read(name), type);

    /// <exception cref="EngineException">ArchiveInvalid.</exception>
    internal static T ParseJson<T>(string name, ReadOnlySpan<byte> content, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content, type) ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw ArchiveErrors.Invalid($"'{name}' is not the JSON that it should be ({e.Message.TrimEnd('.')})", e);
        }
    }
}
