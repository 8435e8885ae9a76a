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

    internal static ExecutionPlan Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, RuntimeJson.Default.ExecutionPlan)
        ?? throw new InvalidDataException("There is no plan.");
}
