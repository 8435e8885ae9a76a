using System.Runtime.ExceptionServices;
using System.Text.Json;
using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Reads containers, and sets right what a killed monitor left.</summary>
internal sealed class ContainerReader(StoreLayout layout)
{
    /// <summary>Every id there is a directory for.</summary>
    internal IEnumerable<string> Ids() =>
        Directory.EnumerateDirectories(layout.Containers)
            .Select(static path => Path.GetFileName(path))
            .Where(static name => ContentDigest.IsHex(name));

    /// <summary>
    /// All of them, the youngest first. One that is removed meanwhile is left out; one that cannot be read is thrown when
    /// all others have been given.
    /// </summary>
    /// <exception cref="EngineException">StoreCorrupt, StoreVersionUnsupported.</exception>
    internal IEnumerable<Container> ReadAll()
    {
        List<Container> containers = [];
        ExceptionDispatchInfo? unreadable = null;
        foreach (string id in Ids())
        {
            try
            {
                if (TryRead(id) is { } container) containers.Add(container);
            }
            catch (EngineException e)
            {
                unreadable ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        foreach (Container container in containers
            .OrderByDescending(static container => container.Created).ThenBy(static container => container.Id))
        {
            yield return container;
        }

        unreadable?.Throw();
    }

    /// <summary>The records of all of them. One that is removed meanwhile is left out.</summary>
    /// <param name="unreadable">Told of each that cannot be read; without it, the first one is thrown.</param>
    /// <exception cref="EngineException">StoreCorrupt, StoreVersionUnsupported.</exception>
    internal IEnumerable<ContainerRecord> ReadRecords(Action<EngineException>? unreadable = null)
    {
        foreach (string id in Ids())
        {
            ContainerRecord? record = null;
            try
            {
                record = TryReadRecord(id);
                if (record is null && Directory.Exists(layout.Container(id)))
                {
                    throw new EngineException(
                        EngineErrors.StoreCorrupt, $"The container '{layout.Container(id)}' has no record.", id,
                        RemoveDamaged(id));
                }
            }
            catch (EngineException e) when (unreadable is not null)
            {
                unreadable(e);
            }

            if (record is not null) yield return record;
        }
    }

    /// <exception cref="EngineException">ContainerNotFound, StoreCorrupt, StoreVersionUnsupported.</exception>
    internal Container Read(Container container) =>
        TryRead(container.Id) ?? throw new EngineException(
            EngineErrors.ContainerNotFound, $"The container '{container.Name}' was removed.", container.Name);

    /// <summary>Null when there is no such container.</summary>
    /// <exception cref="EngineException">StoreCorrupt, StoreVersionUnsupported.</exception>
    internal Container? TryRead(string id)
    {
        try
        {
            return Look(id);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT && !Directory.Exists(layout.Container(id)))
        {
            // Another session has removed it between two of the looks.
            return null;
        }
    }

    private Container? Look(string id)
    {
        if (TryReadRecord(id) is not { } record) return null;
        ContainerRun run = ReadRun(id);
        if (run.State is ContainerState.Running or ContainerState.Restarting && !IsWatched(id))
            run = ContainerRecovery.Recover(layout, record, ReadRun);
        if (run.State == ContainerState.Running && IsPaused(record)) run = run with { State = ContainerState.Paused };
        Container container = new(layout, record, run);
        return ContainerRevival.IsDue(container, IsWatched) ? ContainerRevival.Revive(layout, container) : container;
    }

    /// <exception cref="EngineException">StoreCorrupt, StoreVersionUnsupported.</exception>
    internal ContainerRecord? TryReadRecord(string id)
    {
        string path = StoreLayout.ContainerRecordIn(layout.Container(id));
        if (SmallFile.TryRead(path) is not { } json) return null;
        ContainerRecord record;
        try
        {
            record = JsonSerializer.Deserialize(json, ContainerJson.Default.ContainerRecord)
                ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw new EngineException(
                EngineErrors.StoreCorrupt, $"The container's record '{path}' cannot be read: {e.Message}", path,
                RemoveDamaged(id), e);
        }

        if (record.Version <= ContainerRecord.CurrentVersion) return record;
        throw new EngineException(
            EngineErrors.StoreVersionUnsupported,
            $"The container's record '{path}' has version {record.Version}; this LayerPS knows version " +
            $"{ContainerRecord.CurrentVersion}.", path,
            $"Use the LayerPS that wrote it, or remove the container with Remove-Container {Container.ShortIdOf(id)} -Force.");
    }

    /// <summary>True while a monitor watches the container, or is about to start it or to leave it.</summary>
    internal bool IsWatched(string id) => FileLock.IsHeld(Path.Combine(layout.Container(id), ContainerFiles.RunLock));

    private bool IsPaused(ContainerRecord record) =>
        Freezer.Of(record.CgroupPath) is { IsFrozen: true }
        && !TemporaryPause.TryEndAbandoned(layout.Container(record.Id), record.CgroupPath);

    private static string RemoveDamaged(string id) =>
        $"Restore the file, or remove the container with Remove-Container {Container.ShortIdOf(id)} -Force.";

    internal ContainerRun ReadRun(string id)
    {
        string path = Path.Combine(layout.Container(id), ContainerFiles.Run);
        if (SmallFile.TryRead(path) is not { } json) return new ContainerRun();
        try
        {
            return ContainerRunJson.Parse(json);
        }
        catch (JsonException)
        {
            // Only a loss of power can truncate it, and after one nothing runs.
            return new ContainerRun { State = ContainerState.Exited, ExitReason = ContainerExitReason.Lost };
        }
    }
}
