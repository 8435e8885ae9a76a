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
        new("user-mapping",
            "-UserNamespace: the store's layers are shown to a container as if they belonged to its own users.",
            "Boot a kernel 5.19 or later with CONFIG_USER_NS, let /proc/sys/user/max_user_namespaces be more than 0, " +
            "and keep the store on a file system that can do it, such as ext4, xfs or btrfs.",
            () => FindUserMapping(layout)),
    ];

    private static ProbeFinding FindRuntime() => Ask(Judge, "--version");

    private static ProbeFinding FindUserMapping(StoreLayout layout)
    {
        using var place = new ProbeDirectory(layout);
        return Ask(
            static process => process.StandardOutput.ReadToEnd().Trim() is var said && said == "well"
                ? ProbeFinding.Good("layers with users of their own")
                : ProbeFinding.Bad(said.Length > 0 ? said : "no answer"),
            "check-users", place.Make("users"));
    }

    private static ProbeFinding Ask(Func<Process, ProbeFinding> judge, params string[] words)
    {
        ProcessStartInfo start = new(RuntimeProgram.Path, words)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        try
        {
            using Process process = Process.Start(start)!;
            if (process.WaitForExit(Patience)) return judge(process);
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
        string own = $"{RuntimeProgram.Name} version {typeof(RuntimeProgram).Assembly.GetName().Version?.ToString(3)}";
        if (said.Split('\n')[0] == own) return ProbeFinding.Good(own);
        string what = said.Length > 0 ? said : $"exit code {process.ExitCode}";
        return ProbeFinding.Bad($"{RuntimeProgram.Path} is not {own}: {what}");
    }
}
