using System.Text;
using System.Text.Json;

namespace LayerPS.Runtime.Oci.Arguments;

/// <summary>Where messages go: the file that the caller named, and errors to standard error as well.</summary>
internal sealed class OciLog(GlobalOptions options)
{
    /// <summary>For a command line that cannot be read.</summary>
    internal static void WriteUsageError(string message) => Console.Error.WriteLine(message);

    internal void Error(string message)
    {
        Append("error", message);
        Console.Error.WriteLine(message);
    }

    internal void Warn(string message)
    {
        Append("warning", message);
        if (options.Log is null) Console.Error.WriteLine("warning: " + message);
    }

    internal void Debug(string message)
    {
        if (options.Debug) Append("debug", message);
    }

    private void Append(string level, string message)
    {
        if (options.Log is null) return;
        string time = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        string line = options.LogIsJson ? Json(level, message, time) : $"time=\"{time}\" level={level} msg={Quote(message)}";
        try
        {
            File.AppendAllText(options.Log, line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The log '{options.Log}' cannot be written: {e.Message}");
        }
    }

    private static string Json(string level, string message, string time)
    {
        using MemoryStream stream = new();
        using Utf8JsonWriter writer = new(stream);
        writer.WriteStartObject();
        writer.WriteString("level", level);
        writer.WriteString("msg", message);
        writer.WriteString("time", time);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Quote(string message) =>
        $"\"{message.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
