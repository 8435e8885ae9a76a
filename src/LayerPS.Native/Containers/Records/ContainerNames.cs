using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>The names of a store's containers: one symbolic link each, which points to the id.</summary>
internal sealed class ContainerNames(StoreLayout layout)
{
    private const int MaximumLength = 128;
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Characters = SearchValues.Create(LettersAndDigits + "_.-");

    /// <exception cref="EngineException">ContainerNameInvalid.</exception>
    internal static void Check(string name)
    {
        string? fault = FaultOf(name);
        if (fault is null) return;
        throw new EngineException(
            EngineErrors.ContainerNameInvalid, $"'{name}' is no name for a container: {fault}.", name);
    }

    /// <summary>A name that people can remember and say, and that no container has at this moment.</summary>
    internal string MakeUp()
    {
        while (true)
        {
            string name = $"{Pick(ContainerNameWords.Adjectives)}-{Pick(ContainerNameWords.Nouns)}";
            if (IdOf(name) is null) return name;
            name = string.Create(CultureInfo.InvariantCulture, $"{name}-{RandomNumberGenerator.GetInt32(1000)}");
            if (IdOf(name) is null) return name;
        }
    }

    /// <summary>The id that a name is linked to; null for none.</summary>
    internal string? IdOf(string name) =>
        FaultOf(name) is null ? new FileInfo(layout.ContainerName(name)).LinkTarget : null;

    internal IEnumerable<string> All() =>
        Directory.EnumerateFileSystemEntries(layout.ContainerNames).Select(static path => Path.GetFileName(path));

    /// <summary>Those whose container is gone: its remover, or its maker, was killed half-way.</summary>
    internal IEnumerable<string> Stale() =>
        All().Where(name => IdOf(name) is not { } id || !Directory.Exists(layout.Container(id)));

    /// <summary>The lock without which no name may be given or taken away.</summary>
    internal FileLock Lock(CancellationToken cancellationToken) =>
        FileLock.Acquire(layout.ContainerNamesLock, exclusive: true, cancellationToken);

    /// <summary>Gives the name to a container that is about to be made; the caller has the lock.</summary>
    /// <exception cref="EngineException">ContainerNameInUse.</exception>
    internal void Link(string name, string id)
    {
        string path = layout.ContainerName(name);
        if (IdOf(name) is { } other)
        {
            if (other == id) return;
            if (Directory.Exists(layout.Container(other)) && HasName(other, name))
            {
                throw new EngineException(
                    EngineErrors.ContainerNameInUse,
                    $"The container {Container.ShortIdOf(other)} has the name '{name}' already.", name);
            }

            // Its maker, its remover or who renamed it was killed half-way.
            File.Delete(path);
        }

        File.CreateSymbolicLink(path, id);
    }

    /// <summary>Takes the name away, if it is still that container's.</summary>
    internal void Unlink(string name, string id)
    {
        if (IdOf(name) == id) File.Delete(layout.ContainerName(name));
    }

    // One whose record cannot be read keeps what names it has.
    private bool HasName(string id, string name)
    {
        try
        {
            return new ContainerReader(layout).TryReadRecord(id)?.Name == name;
        }
        catch (EngineException)
        {
            return true;
        }
    }

    private static string Pick(string[] words) => words[RandomNumberGenerator.GetInt32(words.Length)];

    /// <summary>Why that is no name; null when it is one.</summary>
    internal static string? FaultOf(string name)
    {
        if (name.Length == 0) return "it is empty";
        if (name.Length > MaximumLength) return $"it is longer than {MaximumLength} characters";
        int wrong = name.AsSpan().IndexOfAnyExcept(Characters);
        if (wrong >= 0) return $"it has the character '{name[wrong]}'";
        return char.IsAsciiLetterOrDigit(name[0]) ? null : $"it begins with '{name[0]}'";
    }
}
