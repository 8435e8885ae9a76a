using System.Text.Json;
using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>A further command in a running container, as the session tells it to the runtime: one line of JSON.</summary>
internal sealed record ExecutionPlan
{
    /// <summary>What is executed.</summary>
    public required RuntimeProcess Process { get; init; }

    /// <summary>The user as the person wrote it; null for that of the process.</summary>
    public string? User { get; set; }

    /// <summary>The container's first process, whose namespaces are joined.</summary>
    public required int Pid { get; init; }

    /// <summary>See <see cref="Linux.ProcessHandle.StartTimeOf"/>.</summary>
    public required long PidStartTime { get; init; }

    /// <summary>The namespaces that the container has of its own, by their OCI names.</summary>
    public required IReadOnlyList<string> Namespaces { get; init; }

    public string? CgroupPath { get; set; }

    /// <summary>The file of the program that filters its system calls; null for none.</summary>
    public string? Seccomp { get; set; }

    /// <summary>Whose pipes are the command's streams; null for a command that goes on by itself.</summary>
    public ExecutionSession? Session { get; set; }

    internal bool Detached => Session is null;

    internal byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RuntimeJson.Default.ExecutionPlan), (byte)'\n'];

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">A field is missing.</exception>
    internal static ExecutionPlan Parse(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement plan = document.RootElement;
        return new ExecutionPlan
        {
            Process = RuntimeSpecReader.ReadProcess(plan.Field("process")),
            User = plan.Text("user"),
            Pid = plan.Field("pid").GetInt32(),
            PidStartTime = plan.Field("pidStartTime").GetInt64(),
            Namespaces = plan.Texts("namespaces"),
            CgroupPath = plan.Text("cgroupPath"),
            Seccomp = plan.Text("seccomp"),
            Session = plan.Field("session") is var session && session.IsThere() ? ExecutionSession.Read(session) : null,
        };
    }
}
