using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>One file of an archive, whatever mixture of headers described it.</summary>
internal sealed class TarEntry
{
    internal required TarEntryType Type { get; init; }

    /// <summary>The name as the archive has it; <see cref="EntryName.Normalize"/> makes a safe path of it.</summary>
    internal required byte[] Name { get; init; }

    /// <summary>Where a symbolic link points, or the earlier entry of a hard link.</summary>
    internal byte[] LinkName { get; init; } = [];

    /// <summary>The twelve permission bits.</summary>
    internal uint Mode { get; init; }

    internal uint Uid { get; init; }

    internal uint Gid { get; init; }

    internal FileTime Modified { get; init; }

    internal DeviceNumber Device { get; init; }

    /// <summary>How many bytes of payload the archive holds, without padding and without a sparse map.</summary>
    internal long PayloadSize { get; init; }

    /// <summary>Where the payload belongs; null for a file without holes.</summary>
    internal SparseMap? Sparse { get; init; }

    internal IReadOnlyList<ExtendedAttribute> Attributes { get; init; } = [];
}
