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
        if (command.Contains('/', StringComparison.Ordinal))
            throw Failed(command, command, ProgramExecution.TryExecute(command, arguments, environment));

        string search = environment.LastOrDefault(static e => e.StartsWith(PathVariable, StringComparison.Ordinal)) ?? PathVariable;
        (string Path, int Errno)? refused = null;
        foreach (string directory in search[PathVariable.Length..].Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string path = $"{directory}/{command}";
            int errno = ProgramExecution.TryExecute(path, arguments, environment);
            if ((errno != LibC.ENOENT && errno != LibC.ENOTDIR) || File.Exists(path)) refused ??= (path, errno);
        }

        throw refused is { } found
            ? Failed(command, found.Path, found.Errno)
            : new StartException(
                StartFailure.NotFound,
                $"The command '{command}' is not in the container; looked in PATH {search[PathVariable.Length..]}");
    }

    private static StartException Failed(string command, string path, int errno)
    {
        if ((errno == LibC.ENOENT || errno == LibC.ENOTDIR) && !File.Exists(path))
            return new StartException(StartFailure.NotFound, $"The command '{command}' is not in the container.");

        string reason =
            errno == LibC.ENOENT ? "the interpreter or loader that it names is not in the container" :
            errno == LibC.ENOEXEC ? "it is no program for this machine" :
            Directory.Exists(path) ? "it is a directory" :
            errno == LibC.EACCES ? "it is not executable for this user" : new LinuxException("execve", path, errno).Message;
        return new StartException(StartFailure.NotExecutable, $"The command '{command}' cannot be executed: {reason}.");
    }
}
