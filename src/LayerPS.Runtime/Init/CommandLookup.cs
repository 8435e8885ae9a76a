using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Finds the command as a shell does, in the container's own PATH, and becomes it.</summary>
internal static class CommandLookup
{
    private const string PathVariable = "PATH=";

    /// <exception cref="StartException">There is no such command (127), or it cannot be executed (126).</exception>
    internal static void Execute(IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        string command = arguments[0];
        (string Path, int Errno)? refused = null;
        foreach (string path in PathsOf(command, environment))
        {
            int errno = ProgramExecution.TryExecute(path, arguments, environment);
            if ((errno != LibC.ENOENT && errno != LibC.ENOTDIR) || File.Exists(path)) refused ??= (path, errno);
        }

        throw refused is { } found ? Failed(command, found.Path, found.Errno) : NotThere(command, environment);
    }

    /// <summary>Looks whether there is such a command, before it is executed.</summary>
    /// <exception cref="StartException">As <see cref="Execute"/>, as far as it can be seen.</exception>
    internal static void Check(string command, IReadOnlyList<string> environment)
    {
        string[] found = [.. PathsOf(command, environment).Where(Path.Exists)];
        if (found.Length == 0) throw NotThere(command, environment);
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (!Array.Exists(found, static path => File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0))
            throw Failed(command, found[0], LibC.EACCES);
    }

    private static IEnumerable<string> PathsOf(string command, IReadOnlyList<string> environment) =>
        command.Contains('/', StringComparison.Ordinal)
            ? [command]
            : DirectoriesOf(environment).Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => $"{directory}/{command}");

    private static string DirectoriesOf(IReadOnlyList<string> environment) =>
        (environment.LastOrDefault(static e => e.StartsWith(PathVariable, StringComparison.Ordinal)) ?? PathVariable)[PathVariable.Length..];

    private static StartException NotThere(string command, IReadOnlyList<string> environment) => new(
        StartFailure.NotFound,
        command.Contains('/', StringComparison.Ordinal)
            ? $"The command '{command}' is not in the container."
            : $"The command '{command}' is not in the container; looked in PATH {DirectoriesOf(environment)}");

    private static StartException Failed(string command, string path, int errno)
    {
        string reason =
            errno == LibC.ENOENT ? "the interpreter or loader that it names is not in the container" :
            errno == LibC.ENOEXEC ? "it is no program for this machine" :
            Directory.Exists(path) ? "it is a directory" :
            errno == LibC.EACCES ? "it is not executable for this user" : new LinuxException("execve", path, errno).Message;
        return new StartException(StartFailure.NotExecutable, $"The command '{command}' cannot be executed: {reason}.");
    }
}
