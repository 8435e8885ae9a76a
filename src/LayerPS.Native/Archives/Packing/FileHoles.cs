using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>Finds out whether a file is worth being written as a sparse one.</summary>
internal static class FileHoles
{
    // Below this a sparse entry costs the readers that do not know it more than it saves.
    private const long WorthwhileHoles = 1024 * 1024;

    /// <summary>The ranges with data, or null for a file without large holes. Leaves the file at its start.</summary>
    internal static SparseMap? Find(SafeFileHandle file, in FileStatus status)
    {
        if (status.Size - (status.Blocks * 512) < WorthwhileHoles) return null;
        List<SparseRange> ranges = [];
        for (long position = 0; position < status.Size && FileContent.NextData(file, position) is { } data;)
        {
            long end = Math.Min(data.End, status.Size);
            if (data.Start >= end) break;
            ranges.Add(new SparseRange(data.Start, end - data.Start));
            position = end;
            if (ranges.Count > SparseMap.MaximumRanges - 1) break;
        }
        FileContent.Seek(file, 0);
        // Readers learn the size from a last, empty range, as GNU tar writes it.
        ranges.Add(new SparseRange(status.Size, 0));
        SparseMap map = new(status.Size, ranges);
        bool worthwhile = ranges.Count < SparseMap.MaximumRanges && status.Size - map.DataSize >= WorthwhileHoles;
        return worthwhile ? map : null;
    }
}
