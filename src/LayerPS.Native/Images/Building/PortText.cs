using System.Globalization;
using LayerPS.Dockerfiles;

namespace LayerPS.Images;

/// <summary><c>port[-port][/tcp|udp|sctp]</c>, as EXPOSE has it; each port of a range is one.</summary>
internal static class PortText
{
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static IEnumerable<string> Read(Word word, WordExpansion expansion)
    {
        foreach (string text in expansion.ExpandToWords(word))
        {
            string[] parts = text.ToLowerInvariant().Split('/');
            string protocol = parts.Length > 1 ? parts[1] : "tcp";
            string[] ends = parts[0].Split('-');
            if (parts.Length > 2 || ends.Length > 2 || protocol is not ("tcp" or "udp" or "sctp")) throw Fault(word, text);
            int first = Number(word, text, ends[0]), last = Number(word, text, ends[^1]);
            if (last < first) throw Fault(word, text);
            for (int port = first; port <= last; port++)
                yield return string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}");
        }
    }

    private static int Number(Word word, string text, string digits) =>
        ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : throw Fault(word, text);

    private static EngineException Fault(Word word, string text) =>
        word.Fault($"'{text}' is no port: it is port[-port][/tcp|udp|sctp]");
}
