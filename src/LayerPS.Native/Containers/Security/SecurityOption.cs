using LayerPS.Seccomp;

namespace LayerPS.Containers;

/// <summary>What a container's security options say: the words that docker has for them.</summary>
internal sealed record SecurityOption
{
    private const string Unconfined = "unconfined";
    private const string NoNewPrivilegesName = "no-new-privileges";
    private const string SeccompName = "seccomp";
    private static readonly string[] Known = [SeccompName, NoNewPrivilegesName];

    /// <summary>Whether the container's system calls are filtered.</summary>
    internal bool Filtered { get; private init; } = true;

    /// <summary>The profile of the filter; null for the usual one.</summary>
    internal string? Profile { get; private init; }

    /// <summary>No program in the container has more rights than who executes it.</summary>
    internal bool NoNewPrivileges { get; private init; }

    /// <param name="options">
    /// <c>seccomp=unconfined</c>, <c>seccomp=</c>path, <c>no-new-privileges</c>; of several on the same the last counts.
    /// </param>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static SecurityOption Parse(IEnumerable<string> options) =>
        options.Aggregate(new SecurityOption(), static (all, option) => all.With(option));

    /// <summary>As <see cref="Parse"/>; a profile must be there and mean something.</summary>
    /// <exception cref="EngineException">
    /// ContainerOptionInvalid, SeccompProfileNotFound, SeccompProfileInvalid, SeccompUnavailable.
    /// </exception>
    internal static void Check(IEnumerable<string> options)
    {
        if (Parse(options).Profile is { } profile) SeccompFilterCache.Check(profile);
    }

    private SecurityOption With(string option)
    {
        int end = option.IndexOfAny(['=', ':']);
        string name = end < 0 ? option : option[..end];
        string? value = end < 0 ? null : option[(end + 1)..];
        return (name, value) switch
        {
            (SeccompName, Unconfined) => this with { Filtered = false, Profile = null },
            (SeccompName, { Length: > 0 } path) when path.StartsWith('/') => this with { Filtered = true, Profile = path },
            (NoNewPrivilegesName, null or "true") => this with { NoNewPrivileges = true },
            (NoNewPrivilegesName, "false") => this with { NoNewPrivileges = false },
            _ => throw new EngineException(EngineErrors.ContainerOptionInvalid, Describe(option, name), option),
        };
    }

    private static string Describe(string option, string name)
    {
        string? near = NearestName.Of(name, Known);
        string meant = near is null || near == name ? "" : $" Was '{near}' meant?";
        return $"'{option}' is no security option: give seccomp=unconfined, seccomp=/path/of/a/profile or no-new-privileges.{meant}";
    }
}
