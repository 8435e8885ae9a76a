namespace LayerPS.Storage;

/// <summary>A problem, and what sets it right while all others are excluded.</summary>
/// <param name="Problem">For people.</param>
/// <param name="Repair">Null where only a person can tell.</param>
internal sealed record StorageFault(ContainerStorageProblem Problem, Action? Repair)
{
    internal static StorageFault Of(
        ContainerStorageKind kind, string id, string path, string problem, string? action = null,
        Action? repair = null)
    {
        ContainerStorageProblem shown = new() { Kind = kind, Id = id, Path = path, Problem = problem, Action = action };
        return new StorageFault(shown, repair);
    }
}
