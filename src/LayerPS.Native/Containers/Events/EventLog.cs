using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>
/// The store's file of events, one line of JSON each. Whoever causes something appends it, by one write(2) that no other
/// can come into; the oldest go when there is a megabyte more.
/// </summary>
internal static class EventLog
{
    private const long PartSize = 1024 * 1024;
    private const int OldParts = 1;
    private const uint OwnerOnly = 384; // rw-------

    internal static void Append(
        StoreLayout layout, Container container, ContainerEventKind kind, int? exitCode = null, string? detail = null) =>
        Append(layout, new ContainerEvent
        {
            Time = DateTimeOffset.UtcNow,
            Kind = kind,
            Container = container.Name,
            Id = container.Id,
            Image = container.Image,
            ExitCode = exitCode,
            Detail = detail,
        });

    internal static void Append(StoreLayout layout, ContainerEvent happened)
    {
        try
        {
            byte[] line = EventLine.Write(happened);
            // Nothing is appended to a part that was put aside: its readers have gone on to the next.
            using (FileLock.AcquireBlocking(layout.EventsLock, exclusive: false))
            {
                if (Append(layout.Events, line) <= PartSize) return;
            }

            using (FileLock.AcquireBlocking(layout.EventsLock, exclusive: true))
            {
                // Another may have done it.
                if (new FileInfo(layout.Events) is { Exists: true, Length: > PartSize }) FileRotation.Shift(layout.Events, OldParts);
            }
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            // What has happened has happened, also when the disk is full and it cannot be written down.
        }
    }

    private static long Append(string path, byte[] line)
    {
        int file = Descriptors.Open(path, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_NOFOLLOW, OwnerOnly);
        try
        {
            Descriptors.WriteAll(file, line);
            return LibC.lseek(file, 0, LibC.SEEK_CUR);
        }
        finally
        {
            Descriptors.Close(file);
        }
    }
}
