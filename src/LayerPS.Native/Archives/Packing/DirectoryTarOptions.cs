using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>How a directory is written as a tar.</summary>
internal sealed record DirectoryTarOptions
{
    /// <summary>Write an entry <c>./</c> for the directory itself, which keeps its mode, owner and time.</summary>
    internal bool IncludeRoot { get; init; } = true;

    /// <summary>
    /// The directory is a layer in overlayfs form: its deleted names and opaque directories become OCI whiteouts.
    /// </summary>
    internal bool Whiteouts { get; init; }

    /// <summary>Times to the nanosecond; without it whole seconds, which need no PAX header.</summary>
    internal bool Nanoseconds { get; init; } = true;

    /// <summary>Times after this one are written as this one; null writes them as they are.</summary>
    internal FileTime? Latest { get; init; }

    /// <summary>The owner of every entry; null keeps each file's own.</summary>
    internal uint? Uid { get; init; }

    /// <summary>The group of every entry; null keeps each file's own.</summary>
    internal uint? Gid { get; init; }

    /// <summary>Told of the bytes of the tar, after each of some files.</summary>
    internal IProgress<long>? Progress { get; init; }

    /// <summary>Told of what the tar lacks, as a sentence: a file that became shorter meanwhile, a socket.</summary>
    internal Action<string>? Warning { get; init; }
}
