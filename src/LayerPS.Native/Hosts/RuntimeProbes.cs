using System.ComponentModel;
using System.Diagnostics;
using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>The program that becomes the containers.</summary>
internal static class RuntimeProbes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("runtime", $"{RuntimeProgram.Name} becomes each container, and watches it.",
            "Install the module again, or build it with ./build.sh build; on a file system that is not mounted noexec.",
            FindRuntime) { IsRequired = true },
    ];

    private static ProbeFinding FindRuntime()
    {
        ProcessStartInfo start = new(RuntimeProgram.Path, ["--version"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        try
        {
            using Process process = Process.Start(start)!;
            if (process.WaitForExit(Patience)) return Judge(process);
            process.Kill();
            return ProbeFinding.Bad($"{RuntimeProgram.Path} did not end");
        }
        catch (Win32Exception e)
        {
            return ProbeFinding.Bad(e.Message);
        }
    }

    private static ProbeFinding Judge(Process process)
    {
        string said = process.StandardOutput.ReadToEnd().Trim();
        string own = $"{RuntimeProgram.Name} {typeof(RuntimeProgram).Assembly.GetName().Version?.ToString(3)}";
        if (said == own) return ProbeFinding.Good(said);
        string what = said.Length > 0 ? said : $"exit code {process.ExitCode}";
        return ProbeFinding.Bad($"{RuntimeProgram.Path} is not {own}: {what}");
    }
}
