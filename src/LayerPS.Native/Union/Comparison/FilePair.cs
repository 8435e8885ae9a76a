using LayerPS.Linux;

namespace LayerPS.Union;

/// <summary>What has a path in the one tree and what has it in the other; null where nothing has.</summary>
internal readonly record struct FilePair(byte[] Path, FileStatus? Before, FileStatus? After);
