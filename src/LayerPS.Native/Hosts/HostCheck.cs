namespace LayerPS;

/// <summary>One thing that containers need of this host, and whether this kernel and this user can do it.</summary>
/// <param name="Name">The check's own name, a promise to scripts: <c>namespace-pid</c>.</param>
/// <param name="Status">How it came out.</param>
/// <param name="Value">What was found: a version, a number, or the reason of a refusal.</param>
/// <param name="Purpose">What LayerPS needs it for.</param>
/// <param name="Remedy">How to get it; null where it is there.</param>
public sealed record HostCheck(string Name, HostCheckStatus Status, string Value, string Purpose, string? Remedy);
