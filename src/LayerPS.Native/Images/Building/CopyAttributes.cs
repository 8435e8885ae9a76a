namespace LayerPS.Images;

/// <summary>What --chown and --chmod say of copied files; null leaves what the source has.</summary>
internal readonly record struct CopyAttributes(uint? Uid, uint? Gid, uint? Mode);
