using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>Finds commands as a shell does.</summary>
internal static class CommandSearch
{
    internal const string StandardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const uint AnyExecute = 0b001_001_001;

    private static readonly string[] BaseCommands =
    [
        "sh", "ls", "cat", "echo", "printf", "touch", "rm", "mkdir", "rmdir", "mv", "cp", "ln", "chmod", "chown", "stat",
        "readlink", "realpath", "pwd", "true", "false", "test", "sleep", "seq", "env", "id", "whoami", "hostname", "uname",
        "date", "ps", "kill", "mount", "umount", "df", "du", "head", "tail", "tee", "wc", "sort", "uniq", "cut", "tr",
        "grep", "sed", "find", "xargs", "dd", "mkfifo", "mknod",
    ];

    internal static string SearchPath =>
        Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : StandardPath;

    /// <summary>Those of the usual commands that this machine has.</summary>
    internal static IReadOnlyList<string> PresentBaseCommands() =>
        [.. BaseCommands.Where(static name => TryFind(name) is not null)];

    /// <param name="command">A name, or an absolute path.</param>
    /// <exception cref="EngineException">ImageCommandNotFound.</exception>
    internal static string Find(string command)
    {
        if (TryFind(command) is { } path) return path;
        string where = command.Contains('/', StringComparison.Ordinal)
            ? !Path.IsPathRooted(command) ? "a command is a name or an absolute path"
                : File.Exists(command) ? "the file is not executable"
                : "there is no such file"
            : $"it is in no directory of PATH, {SearchPath}";
        throw new EngineException(
            EngineErrors.ImageCommandNotFound, $"The command '{command}' was not found: {where}.", command);
    }

    private static string? TryFind(string command)
    {
        if (command.Contains('/', StringComparison.Ordinal))
            return Path.IsPathRooted(command) && IsExecutable(command) ? command : null;
        return SearchPath.Split(':')
            .Where(static directory => Path.IsPathRooted(directory))
            .Select(directory => Path.Combine(directory, command))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path)
    {
        if (!File.Exists(path)) return false;
        using SafeFileHandle file = File.OpenHandle(path);
        FileStatus status = FileStatus.Of(file);
        return status.IsRegularFile && (status.Permissions & AnyExecute) != 0;
    }
}
