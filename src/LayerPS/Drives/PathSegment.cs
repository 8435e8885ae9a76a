namespace LayerPS.Drives;

/// <summary>
/// A name as one level of a PowerShell path. A slash of either kind would be two levels there, and a colon the end of a
/// drive's name; they are written as in a URI (RFC 3986, section 2.1).
/// </summary>
internal static class PathSegment
{
    internal static string Encode(string name) => name
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\\", "%5C", StringComparison.Ordinal)
        .Replace(":", "%3A", StringComparison.Ordinal);

    internal static string Decode(string segment) => segment
        .Replace("%3A", ":", StringComparison.OrdinalIgnoreCase)
        .Replace("%5C", "\\", StringComparison.OrdinalIgnoreCase)
        .Replace("%25", "%", StringComparison.Ordinal);
}
