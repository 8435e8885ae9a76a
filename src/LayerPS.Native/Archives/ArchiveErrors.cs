using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>
/// The two ways in which an archive fails: it is not what its format says, or it tries what it may not.
/// </summary>
internal static class ArchiveErrors
{
    internal static EngineException Invalid(string what, Exception? inner = null) =>
        new(EngineErrors.ArchiveInvalid, $"The archive is not valid: {what}.", inner: inner);

    internal static EngineException Invalid(ReadOnlySpan<byte> entry, string what, Exception? inner = null) =>
        Of(EngineErrors.ArchiveInvalid, "The archive is not valid", entry, what, inner);

    /// <summary>An error with the sentence "entry (its name) (what)".</summary>
    internal static EngineException Refused(ReadOnlySpan<byte> entry, string what) =>
        Of(EngineErrors.ArchiveRefused, "The archive was refused", entry, what, null);

    internal static EngineException Truncated(string where) =>
        Invalid($"it ends too early, {where}; the file is cut off");

    private static EngineException Of(
        ErrorDefinition error, string start, ReadOnlySpan<byte> entry, string what, Exception? inner)
    {
        string name = ByteText.Display(entry);
        return new EngineException(error, $"{start}: entry '{name}' {what}.", name, inner: inner);
    }
}
