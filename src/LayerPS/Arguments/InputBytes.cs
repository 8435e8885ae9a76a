using System.Collections;
using System.Management.Automation;
using System.Text;

namespace LayerPS.Arguments;

/// <summary>What comes through the pipeline as the bytes of a standard input.</summary>
internal static class InputBytes
{
    /// <summary>Bytes are as they are; everything else is text, one line for each object.</summary>
    internal static ReadOnlyMemory<byte> Of(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        byte[] bytes => bytes,
        byte single => new[] { single },
        IEnumerable<byte> bytes => bytes.ToArray(),
        string text => Line(text),
        IEnumerable items and not IDictionary => items.Cast<object?>().SelectMany(static item => Of(item).ToArray()).ToArray(),
        _ => Line(LanguagePrimitives.ConvertTo<string>(input) ?? ""),
    };

    /// <summary>True for what is nothing but text or bytes.</summary>
    internal static bool IsContent(object? input) =>
        (input is PSObject wrapped ? wrapped.BaseObject : input) is string or byte or IEnumerable<byte>;

    private static ReadOnlyMemory<byte> Line(string text) => Encoding.UTF8.GetBytes(text + "\n");
}
