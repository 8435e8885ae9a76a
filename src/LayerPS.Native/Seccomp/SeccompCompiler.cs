using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Seccomp;

/// <summary>Makes of a profile the program that the kernel runs at each system call.</summary>
internal static class SeccompCompiler
{
    // What no rule knows is answered as by a kernel that does not have it, in a foreign architecture too.
    private const uint UnknownCall = 38; // ENOSYS

    /// <param name="profile">The profile.</param>
    /// <param name="target">What its rules depend on.</param>
    /// <param name="output">Where the program is written.</param>
    /// <exception cref="FormatException">A word in it means nothing.</exception>
    /// <exception cref="LinuxException">libseccomp refuses a rule.</exception>
    internal static void Compile(SeccompProfile profile, SeccompTarget target, SafeFileHandle output)
    {
        uint defaultAction = SeccompWords.ActionOf(profile.DefaultAction, profile.DefaultErrnoRet);
        using SeccompFilterHandle filter = SeccompLibrary.Create(
            defaultAction, SeccompWords.ActionOf("SCMP_ACT_ERRNO", UnknownCall));
        foreach (string architecture in ArchitecturesOf(profile))
        {
            if (!SeccompLibrary.TryAddArchitecture(filter, SeccompWords.ArchitectureOf(architecture)))
                throw new FormatException($"there is no architecture '{architecture}'");
        }

        foreach (SeccompRule rule in profile.Syscalls.Where(rule => rule.AppliesTo(target)))
        {
            uint action = SeccompWords.ActionOf(rule.Action, rule.ErrnoRet);
            // libseccomp refuses to be told what it does anyhow.
            if (action != defaultAction) Add(filter, rule, action);
        }

        SeccompLibrary.Export(filter, output.Number());
    }

    private static IEnumerable<string> ArchitecturesOf(SeccompProfile profile)
    {
        string own = SeccompHost.LibraryArchitecture;
        return profile.ArchMap.Count == 0
            ? profile.Architectures
            : profile.ArchMap.Where(entry => entry.Architecture == own).SelectMany(static entry => entry.SubArchitectures);
    }

    private static void Add(SeccompFilterHandle filter, SeccompRule rule, uint action)
    {
        SeccompLibrary.Comparison[] arguments = [.. (rule.Args ?? []).Select(Translate)];
        bool alternatives = arguments.DistinctBy(static argument => argument.Argument).Count() < arguments.Length;
        foreach (string name in rule.AllNames)
        {
            int call = SeccompLibrary.NumberOf(name);
            if (call == SeccompLibrary.Unknown) continue;
            if (!alternatives)
            {
                SeccompLibrary.AddRule(filter, action, call, arguments, name);
                continue;
            }

            foreach (SeccompLibrary.Comparison argument in arguments)
                SeccompLibrary.AddRule(filter, action, call, [argument], name);
        }
    }

    private static SeccompLibrary.Comparison Translate(SeccompArgument argument) => new()
    {
        Argument = argument.Index,
        Operator = SeccompWords.ComparisonOf(argument.Op),
        First = argument.Value,
        Second = argument.ValueTwo,
    };
}
