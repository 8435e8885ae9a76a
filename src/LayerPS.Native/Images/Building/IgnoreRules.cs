namespace LayerPS.Images;

/// <summary>
/// A <c>.dockerignore</c> (docs.docker.com, "Build context"): of the rules that match a path or a directory above it,
/// the last one counts; one with an exclamation mark takes back what others ignore.
/// </summary>
internal sealed class IgnoreRules
{
    private readonly List<(PathPattern Pattern, bool TakesBack)> _rules = [];

    /// <exception cref="EngineException">DockerfileInvalid: a pattern cannot be understood.</exception>
    internal IgnoreRules(IEnumerable<string> lines, string name = ".dockerignore")
    {
        foreach (string line in lines)
        {
            if (line.StartsWith('#')) continue;
            string text = line.Trim('\ufeff').Trim();
            bool takesBack = text.StartsWith('!');
            string path = PathPattern.Clean(takesBack ? text[1..].Trim() : text);
            if (path.Length == 0) continue;
            try
            {
                _rules.Add((new PathPattern(path), takesBack));
            }
            catch (ArgumentException e)
            {
                throw new EngineException(
                    EngineErrors.DockerfileInvalid, $"{name}: '{text}' is no pattern: {e.Message}", name, inner: e);
            }
        }
    }

    internal static IgnoreRules None { get; } = new([]);

    /// <summary>Whether something below an ignored directory may be wanted all the same.</summary>
    internal bool TakesAnyBack => _rules.Exists(static rule => rule.TakesBack);

    /// <summary>The rules beside the Dockerfile, <c>name.dockerignore</c>, or those of the context.</summary>
    internal static IgnoreRules Read(string context, string? dockerfile)
    {
        string ofFile = dockerfile + ".dockerignore", ofContext = Path.Combine(context, ".dockerignore");
        string? path = dockerfile is not null && File.Exists(ofFile) ? ofFile : File.Exists(ofContext) ? ofContext : null;
        return path is null ? None : new IgnoreRules(File.ReadAllLines(path), path);
    }

    /// <param name="path">Below the context, without a slash at the beginning.</param>
    internal bool Ignores(string path)
    {
        bool ignored = false;
        foreach ((PathPattern pattern, bool takesBack) in _rules)
            if (ignored == takesBack && pattern.Covers(path)) ignored = !takesBack;
        return ignored;
    }
}
