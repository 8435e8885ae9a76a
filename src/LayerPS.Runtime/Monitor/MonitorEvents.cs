using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Tells the store's events what happens to the container. Its name is read each time: it may have been given another
/// one. Of the record it is the only thing that the monitor needs, so the record's model stays out of its memory.
/// </summary>
internal sealed class MonitorEvents(string bundle, string id)
{
    internal void Append(ContainerEventKind kind, int? exitCode = null, string? detail = null)
    {
        (string name, string? image) = ReadNames();
        EventLog.Append(StoreLayout.OfContainer(bundle), new ContainerEvent
        {
            Time = DateTimeOffset.UtcNow,
            Kind = kind,
            Container = name,
            Id = id,
            Image = image,
            ExitCode = exitCode,
            Detail = detail,
        });
    }

    private (string Name, string? Image) ReadNames()
    {
        try
        {
            using JsonDocument record = JsonDocument.Parse(SmallFile.Read(ContainerFiles.Record));
            JsonElement root = record.RootElement;
            return (root.GetProperty("name").GetString()!, root.GetProperty("image").GetString());
        }
        catch (Exception e) when (e is JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            // A damaged record is told by those who look at it.
            return (id, null);
        }
    }
}
