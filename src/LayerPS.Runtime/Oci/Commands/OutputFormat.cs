using System.Text;
using System.Text.Json;
using LayerPS.Runtime.Oci.Arguments;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>How a command writes what it found: in columns for people, or as one line of JSON.</summary>
internal static class OutputFormat
{
    /// <exception cref="OciException">It is neither of them.</exception>
    internal static bool IsJson(OptionSet options) => options.Value("format") switch
    {
        null or "table" => false,
        "json" => true,
        var other => throw new OciException($"--format: '{other}' is neither table nor json."),
    };

    internal static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using Utf8JsonWriter writer = new(stream);
        write(writer);
        writer.Flush();
        Console.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <param name="rows">The first one is the heading.</param>
    internal static void WriteTable(string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            Console.Out.WriteLine(string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
