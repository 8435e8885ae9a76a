namespace LayerPS.Archives;

/// <summary>A part of a sparse file that holds data, in bytes.</summary>
internal readonly record struct SparseRange(long Offset, long Length);
