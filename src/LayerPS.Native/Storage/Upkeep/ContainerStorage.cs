using LayerPS.Storage;

namespace LayerPS;

/// <summary>What a store holds, and what it holds for nobody.</summary>
public sealed class ContainerStorage
{
    private readonly StoreLayout _layout;

    internal ContainerStorage(StoreLayout layout) => _layout = layout;

    /// <summary>How much images, containers, volumes, caches and what nothing refers to take: one object for each.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    public IEnumerable<ContainerStorageUsage> Measure(CancellationToken cancellationToken = default) =>
        new StorageMeasurement(_layout, cancellationToken).Totals();

    /// <summary>The same, one object for each image, container, volume, cache and each thing that nothing refers to.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    public IEnumerable<ContainerStorageUsage> MeasureEach(CancellationToken cancellationToken = default) =>
        new StorageMeasurement(_layout, cancellationToken).Each();

    /// <summary>What <see cref="Optimize"/> would remove now; nothing is done.</summary>
    /// <inheritdoc cref="Optimize"/>
    public IReadOnlyList<ContainerStorageItem> PlanOptimization(
        bool all = false, bool volumes = false, CancellationToken cancellationToken = default)
    {
        using FileLock held = ContentLock.Share(_layout, cancellationToken);
        return OptimizationPlan.Make(_layout, all, volumes).Items;
    }

    /// <summary>
    /// Removes what nothing refers to: images that have lost their names and that neither another image nor a container
    /// needs, layers and blobs that neither image nor container has, names of containers that are gone, what the build cache
    /// knows of images that are gone, and files that killed commands left.
    /// </summary>
    /// <param name="all">Also images with names that no container was made from, and caches of RUN that no step has.</param>
    /// <param name="volumes">
    /// Also volumes that no container has: those that were made for one container; with <paramref name="all"/> those with a
    /// name as well.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting for other sessions; once begun, it is done.</param>
    /// <returns>What went, in that order.</returns>
    /// <exception cref="EngineException">
    /// StoreCorrupt: an image or a container cannot be read, so nobody knows what it needs; nothing was removed.
    /// </exception>
    public IReadOnlyList<ContainerStorageItem> Optimize(
        bool all = false, bool volumes = false, CancellationToken cancellationToken = default)
    {
        // The files go when the locks are free: others need not wait for them.
        using StagedDirectory trash = StagingArea.Create(_layout);
        using FileLock alone = ContentLock.Exclude(_layout, cancellationToken);
        using FileLock held = ReferenceTable.Lock(_layout, cancellationToken);
        OptimizationPlan plan = OptimizationPlan.Make(_layout, all, volumes);
        plan.Apply(_layout, trash);
        return plan.Items;
    }

    /// <summary>
    /// What in the store cannot be read or leads nowhere. What hides other problems comes alone: when it is set right,
    /// one has to look again.
    /// </summary>
    public IReadOnlyList<ContainerStorageProblem> FindProblems(CancellationToken cancellationToken = default)
    {
        using FileLock held = ContentLock.Share(_layout, cancellationToken);
        return [.. new StorageInspection(_layout, cancellationToken).Run().Select(static fault => fault.Problem)];
    }

    /// <summary>Does what the problem's action says, if it still is as it was found.</summary>
    /// <returns>The problem, with whether it is set right.</returns>
    public ContainerStorageProblem Repair(
        ContainerStorageProblem problem, CancellationToken cancellationToken = default)
    {
        using FileLock alone = ContentLock.Exclude(_layout, cancellationToken);
        using FileLock held = ReferenceTable.Lock(_layout, cancellationToken);
        StorageFault? fault = new StorageInspection(_layout, cancellationToken).Run().FirstOrDefault(
            fault => fault.Problem == problem with { Repaired = false });
        fault?.Repair?.Invoke();
        return problem with { Repaired = fault is null || fault.Repair is not null };
    }
}
