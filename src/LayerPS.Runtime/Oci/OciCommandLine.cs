using LayerPS.Linux;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Commands;

namespace LayerPS.Runtime.Oci;

/// <summary>
/// The command line that engines know of OCI runtimes. Each command is a file in <c>Commands</c>; what it does with containers is
/// in <c>Containers</c>, and what becomes a container is the init stage of LayerPS's own.
/// </summary>
internal static class OciCommandLine
{
    private const int Failed = 1;

    private const string Usage = """
        usage: layerps-runtime [--root DIRECTORY] [--log FILE] [--log-format text|json] [--systemd-cgroup] [--debug] COMMAND …

          create [--bundle DIR] [--pid-file FILE] [--console-socket SOCKET] [--preserve-fds N] [--no-pivot] ID
          run [--detach] [--keep] … ID    as create and start; to its end unless it is detached
          start ID                        kill [--all] ID [SIGNAL]
          delete [--force] ID             state ID
          exec [--detach] [--tty] [--pid-file FILE] [--console-socket SOCKET] [--preserve-fds N] [--no-new-privs]
               [--cwd DIR] [--env KEY=VALUE] [--user USER] [--cap NAME] [--additional-gids GID] ID COMMAND … | --process FILE ID
          pause ID                        resume ID
          update [--resources FILE] [--memory BYTES] [--memory-swap BYTES] [--cpu-shares N] [--cpu-quota US] [--cpu-period US]
                 [--cpuset-cpus CPUS] [--pids-limit N] [--blkio-weight N] ID
          events [--stats] [--interval SECONDS] ID
          list [--format table|json] [--quiet]
          ps [--format table|json] ID
          features                        spec [--bundle DIR]
          --version
        """;

    internal static int Run(string[] arguments)
    {
        GlobalOptions global;
        try
        {
            global = GlobalOptions.Parse(arguments);
        }
        catch (OciException failure)
        {
            OciLog.WriteUsageError(failure.Message);
            return Failed;
        }

        OciLog log = new(global);
        try
        {
            ProgramExecution.IgnoreBrokenPipes();
            return Run(global, log);
        }
        catch (OciException failure)
        {
            log.Error(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure) when (failure is IOException or LinuxException or UnauthorizedAccessException
            or InvalidOperationException or InvalidDataException or FormatException or ArgumentException)
        {
            log.Error(failure.Message);
            return Failed;
        }
    }

    private static int Run(GlobalOptions global, OciLog log)
    {
        if (global.Version) return VersionCommand.Run();
        if (global.Help || global.Rest is [] or ["help", ..])
        {
            Console.Out.WriteLine(Usage);
            return global.Help || global.Rest.Length > 0 ? 0 : Failed;
        }

        ReadOnlySpan<string> rest = global.Rest.AsSpan(1);
        return global.Rest[0] switch
        {
            "create" => CreateCommand.Run(global, log, rest),
            "start" => StartCommand.Run(global, log, rest),
            "run" => RunCommand.Run(global, log, rest),
            "exec" => ExecCommand.Run(global, log, rest),
            "pause" => PauseCommand.Run(global, rest),
            "resume" => ResumeCommand.Run(global, rest),
            "ps" => ProcessesCommand.Run(global, rest),
            "update" => UpdateCommand.Run(global, rest),
            "events" => EventsCommand.Run(global, rest),
            "state" => StateCommand.Run(global, rest),
            "kill" => KillCommand.Run(global, rest),
            "delete" => DeleteCommand.Run(global, log, rest),
            "list" => ListCommand.Run(global, rest),
            "features" => FeaturesCommand.Run(),
            "spec" => SpecCommand.Run(rest),
            var other => throw new OciException($"There is no command '{other}'.\n{Usage}"),
        };
    }
}
