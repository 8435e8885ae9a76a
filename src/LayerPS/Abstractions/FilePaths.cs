using System.Management.Automation;

namespace LayerPS.Abstractions;

/// <summary>From what a person types as a path to what the engine opens.</summary>
internal static class FilePaths
{
    /// <summary>
    /// The files that a wildcard matches, which may be none; a path without wildcards as it is, there or not.
    /// </summary>
    /// <exception cref="EngineException">PathNotFileSystem.</exception>
    /// <exception cref="SessionStateException">Its drive is not there.</exception>
    internal static IEnumerable<string> ResolveFiles(this PSCmdlet command, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path)) return [command.ResolveFile(path)];
        IEnumerable<string> files = command.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        CheckProvider(path, provider);
        return files;
    }

    /// <summary>One path, taken literally, there or not.</summary>
    /// <exception cref="EngineException">PathNotFileSystem.</exception>
    /// <exception cref="SessionStateException">Its drive is not there.</exception>
    internal static string ResolveFile(this PSCmdlet command, string path)
    {
        PathIntrinsics paths = command.SessionState.Path;
        string file = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        CheckProvider(path, provider);
        return file;
    }

    private static void CheckProvider(string path, ProviderInfo provider)
    {
        if (provider.Name == "FileSystem") return;
        throw new EngineException(
            EngineErrors.PathNotFileSystem, $"'{path}' is no file: it belongs to PowerShell's {provider.Name}.", path);
    }
}
