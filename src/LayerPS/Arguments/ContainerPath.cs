using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Identities;

namespace LayerPS.Arguments;

/// <summary>
/// A path as a person types it: of the host, or CONTAINER:PATH. A path of the host that begins with a name and a colon has
/// ./ before it, as with docker.
/// </summary>
internal sealed class ContainerPath
{
    private readonly PSCmdlet _command;
    private readonly ContainerCollection _containers;
    private readonly string _path;

    private ContainerPath(PSCmdlet command, ContainerCollection containers, string path, IReadOnlyList<Container> of)
    {
        _command = command;
        _containers = containers;
        _path = path;
        Containers = of;
    }

    internal IReadOnlyList<Container> Containers { get; }

    /// <summary>False for a path of the host.</summary>
    internal bool IsOfContainers => Containers.Count > 0;

    /// <summary>The path, in each of the containers.</summary>
    internal IEnumerable<FileLocation> Locations => IsOfContainers
        ? Containers.Select(container => new FileLocation(container, _path))
        : [new FileLocation(null, Resolve(_path))];

    /// <param name="text">What was typed.</param>
    /// <param name="command">Knows the session's location and drives.</param>
    /// <param name="containers">Those of the store.</param>
    /// <param name="given">The containers that the path is in, where they are said beside it.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNameAmbiguous.</exception>
    internal static ContainerPath Parse(
        string text, PSCmdlet command, ContainerCollection containers, IReadOnlyList<ContainerIdentity> given)
    {
        if (given.Count > 0)
        {
            Container[] found = [.. given.SelectMany(identity => identity.Resolve(containers))];
            if (found.Length > 0) return new ContainerPath(command, containers, text, found);
            throw new EngineException(
                EngineErrors.ContainerNotFound, $"No container is called '{string.Join("', '", given)}'.", given[0].ToString());
        }

        (string? name, string path) = Split(text);
        if (name is null || (IsDrive(name, command) && !IsContainer(name, containers)))
            return new ContainerPath(command, containers, text, []);
        return new ContainerPath(command, containers, path, [containers.Resolve(name)]);
    }

    /// <summary>The name before the colon, or null; and what comes after it.</summary>
    internal static (string? Container, string Path) Split(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool isName = colon > 0 && char.IsAsciiLetterOrDigit(text[0])
            && text.Take(colon).All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
        return isName ? (text[..colon], text[(colon + 1)..]) : (null, text);
    }

    /// <summary>What is there of it: a wildcard may match several, or nothing.</summary>
    internal IEnumerable<FileLocation> Find() => IsOfContainers
        ? Containers.SelectMany(container => _containers.MatchFiles(container, _path)
            .Select(path => new FileLocation(container, path)))
        : Files().Select(static path => new FileLocation(null, path));

    // What is called so needs no wildcards to be meant.
    private IEnumerable<string> Files()
    {
        string literal = Resolve(_path);
        return System.IO.Path.Exists(literal) ? [literal] : _command.ResolveFiles(_path);
    }

    // PowerShell takes away what says that a directory is meant, or what is in it.
    private string Resolve(string path)
    {
        string file = _command.ResolveFile(path);
        if (path == "." || path.EndsWith("/.", StringComparison.Ordinal)) return file.TrimEnd('/') + "/.";
        return path.EndsWith('/') ? file.TrimEnd('/') + '/' : file;
    }

    private static bool IsDrive(string name, PSCmdlet command) => command.SessionState.Drive.GetAll()
        .Any(drive => drive.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsContainer(string name, ContainerCollection containers)
    {
        try
        {
            return containers.Resolve(name) is not null;
        }
        catch (EngineException e) when (e.Definition == EngineErrors.ContainerNotFound)
        {
            return false;
        }
    }
}
