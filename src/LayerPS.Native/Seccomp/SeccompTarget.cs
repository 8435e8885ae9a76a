namespace LayerPS.Seccomp;

/// <summary>What a profile's rules depend on besides the profile.</summary>
/// <param name="Architecture">By its name in images: amd64.</param>
/// <param name="Kernel">The running one.</param>
/// <param name="Capabilities">All that the container can have, by name.</param>
internal sealed record SeccompTarget(string Architecture, Version Kernel, IReadOnlyList<string> Capabilities);
