using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LayerPS.Containers;

/// <summary>The <c>layerps-runtime</c> program, which becomes the containers and watches them.</summary>
internal static class RuntimeProgram
{
    internal const string Name = "layerps-runtime";
    internal const string Variable = "LAYERPS_RUNTIME";

    /// <summary>Where it is: where the variable says, else beside the engine.</summary>
    internal static string Path =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : System.IO.Path.Combine(Folder, Name);

    [UnconditionalSuppressMessage(
        "SingleFile", "IL3000", Justification = "The program itself, the only one in a single file, does not start itself so.")]
    private static string Folder => System.IO.Path.GetDirectoryName(typeof(RuntimeProgram).Assembly.Location) ?? "";

    /// <summary>Starts a monitor for the container and waits until it has said how the start went.</summary>
    /// <param name="bundle">The container's directory.</param>
    /// <param name="id">Its id.</param>
    /// <param name="attached">The name, in the directory, of the socket that a session listens on to be attached; null for none.</param>
    /// <remarks>
    /// The monitor is in its own session from then on.
    /// </remarks>
    /// <exception cref="EngineException">HostNotSupported: the program is missing. ContainerStartFailed: it broke.</exception>
    internal static ContainerRun StartMonitor(string bundle, string id, string? attached = null)
    {
        string[] attach = attached is null ? [] : ["--attach", attached];
        using Process monitor = Start(["monitor", "--bundle", bundle, .. attach, id]);
        string? line = monitor.StandardOutput.ReadLine();
        string said = line is null ? monitor.StandardError.ReadToEnd() : "";
        return line is not null
            ? ContainerRunJson.Parse(Encoding.UTF8.GetBytes(line))
            : throw new EngineException(
                EngineErrors.ContainerStartFailed, $"The monitor of the container {id} ended before it said anything. {said.Trim()}", id);
    }

    /// <summary>Starts the program, its three streams with this process. It is in the session of this process.</summary>
    /// <exception cref="EngineException">HostNotSupported: the program is missing.</exception>
    internal static Process Start(IReadOnlyList<string> arguments)
    {
        // All three streams, or .NET holds the terminal for a child that may live for months.
        ProcessStartInfo start = new(Path, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Nothing of this session's environment is the container's business.
        start.Environment.Clear();
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new EngineException(
                EngineErrors.HostNotSupported, $"The program '{Path}' cannot be started: {e.Message}.", Path,
                "Install the module again, or build it with ./build.sh build.", e);
        }
    }
}
