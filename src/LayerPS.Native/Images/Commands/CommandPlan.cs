using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>All the files that some of this machine's commands need to run on their own.</summary>
internal sealed class CommandPlan
{
    private const int LongestScriptLine = 256;

    // On most machines these are links into /usr, and scripts name programs by them.
    private static readonly string[] UsualLinks = ["/bin", "/sbin", "/lib", "/lib64"];

    private readonly LibrarySearch _libraries = new();
    private readonly HashSet<string> _done = [];
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<string> _programs = [];

    private CommandPlan()
    {
    }

    internal HostTree Tree { get; } = new();

    /// <exception cref="EngineException">ImageCommandNotFound.</exception>
    internal static CommandPlan Make(IReadOnlyList<string> commands)
    {
        if (commands.Count == 0)
            throw new EngineException(EngineErrors.ImageCommandNotFound, "No command was given for the image.");

        CommandPlan plan = new();
        BaseFiles.AddTo(plan.Tree);
        foreach (string link in UsualLinks)
            if (new FileInfo(link).LinkTarget is not null) plan.Tree.Add(link);
        foreach (string command in commands) plan._programs.Add(plan.AddProgram(CommandSearch.Find(command), command));
        if (plan._programs.Exists(static program => Path.GetFileName(program) == "sh") && File.Exists(BaseFiles.Shell))
            plan.AddProgram(BaseFiles.Shell, BaseFiles.Shell);
        // A loader finds libraries in other places only by the cache.
        if (plan._directories.Any(static directory => !LibrarySearch.IsStandard(directory)) && File.Exists(LibraryCache.Location))
            plan.Tree.Add(LibraryCache.Location);
        return plan;
    }

    /// <summary>The configuration with what the user left to us.</summary>
    internal ImageConfig Complete(ImageConfig config)
    {
        if (config.Cmd.Count == 0 && config.Entrypoint.Count == 0)
        {
            bool hasShell = _programs.Exists(static program => Path.GetFileName(program) == "sh");
            config = config with { Cmd = [hasShell ? BaseFiles.Shell : _programs[0]] };
        }

        if (config.Env.Any(static variable => variable.StartsWith("PATH=", StringComparison.Ordinal))) return config;
        string[] standard = CommandSearch.StandardPath.Split(':');
        IEnumerable<string> path = standard.Concat(
            _programs.Select(static program => Path.GetDirectoryName(program)!).Where(d => !standard.Contains(d)).Distinct());
        return config with { Env = [$"PATH={string.Join(':', path)}", .. config.Env] };
    }

    private string AddProgram(string path, string command)
    {
        AddFile(path, command, []);
        return path;
    }

    private void AddFile(string path, string command, IReadOnlyList<string> inheritedDirectories)
    {
        string real = Tree.Add(path);
        if (!_done.Add(real)) return;
        using SafeFileHandle file = File.OpenHandle(real);
        if (ElfFile.TryRead(file) is { } elf) AddLibraries(elf, real, command, inheritedDirectories);
        else AddInterpreter(file, command);
    }

    private void AddLibraries(ElfFile elf, string path, string command, IReadOnlyList<string> inheritedDirectories)
    {
        if (elf.Interpreter is { } loader)
        {
            if (!File.Exists(loader)) throw Missing(command, path, $"the program loader '{loader}'");
            AddFile(loader, command, []);
        }

        IReadOnlyList<string> directories = [.. LibrarySearch.RPathDirectories(elf, path), .. inheritedDirectories];
        foreach (string name in elf.Needed)
        {
            string library = _libraries.Find(name, elf, path, directories)
                ?? throw Missing(command, path, $"the shared library '{name}'");
            _directories.Add(Path.GetDirectoryName(library)!);
            AddFile(library, command, directories);
        }
    }

    // "#!", an absolute path, and at most one argument, see execve(2).
    private void AddInterpreter(SafeFileHandle file, string command)
    {
        byte[] start = new byte[LongestScriptLine];
        ReadOnlySpan<byte> line = start.AsSpan(0, RandomAccess.Read(file, start, 0));
        if (!line.StartsWith("#!"u8)) return;
        int end = line.IndexOf((byte)'\n');
        string[] words = Encoding.UTF8.GetString(end < 0 ? line[2..] : line[2..end])
            .Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return;
        AddProgram(CommandSearch.Find(words[0]), command);
        if (Path.GetFileName(words[0]) != "env") return;

        // env(1) looks for the program that comes after its own options and variables.
        string? program = words.Skip(1).FirstOrDefault(static word => word[0] != '-' && !word.Contains('='));
        if (program is not null) AddProgram(CommandSearch.Find(program), command);
    }

    private static EngineException Missing(string command, string path, string what) => new(
        EngineErrors.ImageCommandNotFound, $"The command '{command}' cannot run: {what}, which '{path}' needs, was not found.",
        command, "Install the library on this machine, or leave the command out.");
}
