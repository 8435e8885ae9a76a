using System.Collections;
using System.Management.Automation.Provider;

namespace LayerPS.Drives;

/// <summary>Reads a file for Get-Content: lines of text in UTF-8, the whole text, or bytes.</summary>
internal sealed class FileContentReader(Stream stream, ContentReadParameters how) : IContentReader
{
    private readonly StreamReader _text = new(stream);

    /// <param name="readCount">How many lines or bytes at most; 0 or less for all.</param>
    public IList Read(long readCount)
    {
        long count = readCount > 0 ? readCount : long.MaxValue;
        if (how.AsByteStream) return ReadBytes(count);
        if (how.Raw) return _text.ReadToEnd() is { Length: > 0 } whole ? new[] { whole } : Array.Empty<string>();
        List<string> lines = [];
        while (lines.Count < count && _text.ReadLine() is { } line) lines.Add(line);
        return lines;
    }

    public void Seek(long offset, SeekOrigin origin)
    {
        _text.DiscardBufferedData();
        _ = stream.Seek(offset, origin);
    }

    public void Close() => _text.Dispose();

    public void Dispose() => Close();

    private byte[] ReadBytes(long count)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[Math.Min(count, 64 * 1024)];
        while (bytes.Length < count)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count - bytes.Length));
            if (read == 0) break;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
