using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>libseccomp, which makes the kernel's filter programs of rules about calls. Each call here throws what it refuses.</summary>
internal static unsafe partial class SeccompLibrary
{
    internal const string Name = "libseccomp.so.2";

    // enum scmp_filter_attr of seccomp_attr_set(3).
    private const int BadArchitectureAction = 2, NoNewPrivileges = 3, Optimization = 8;
    private const uint BinaryTree = 2;

    /// <summary>What seccomp_syscall_resolve_name(3) says of a name that it does not know.</summary>
    internal const int Unknown = -1;

    /// <summary>The library's version; null where it is not installed.</summary>
    internal static string? Version { get; } = ReadVersion();

    internal static SeccompFilterHandle Create(uint defaultAction, uint badArchitectureAction)
    {
        SeccompFilterHandle filter = Init(defaultAction);
        if (filter.IsInvalid) throw new LinuxException("seccomp_init", "", Tmds.Linux.LibC.EINVAL);
        Check(SetAttribute(filter, BadArchitectureAction, badArchitectureAction), "seccomp_attr_set", "");
        Check(SetAttribute(filter, NoNewPrivileges, 0), "seccomp_attr_set", "");
        // Older libraries have no tree, and their filters are slower but the same.
        _ = SetAttribute(filter, Optimization, BinaryTree);
        return filter;
    }

    /// <param name="filter">The filter.</param>
    /// <param name="name">libseccomp's own name: x86_64.</param>
    /// <returns>False where the library does not know it.</returns>
    internal static bool TryAddArchitecture(SeccompFilterHandle filter, string name)
    {
        uint token;
        fixed (byte* text = NullTerminated.From(name)) token = ResolveArchitecture(text);
        if (token == 0) return false;
        int result = AddArchitecture(filter, token);
        if (result != -Tmds.Linux.LibC.EEXIST) Check(result, "seccomp_arch_add", name);
        return true;
    }

    /// <summary>The number that the library has for a call; <see cref="Unknown"/> where it has none.</summary>
    internal static int NumberOf(string call)
    {
        fixed (byte* text = NullTerminated.From(call)) return ResolveName(text);
    }

    internal static void AddRule(SeccompFilterHandle filter, uint action, int call, ReadOnlySpan<Comparison> arguments, string name)
    {
        fixed (Comparison* first = arguments)
            Check(AddRuleArray(filter, action, call, (uint)arguments.Length, first), "seccomp_rule_add", name);
    }

    /// <summary>Writes the program, an array of struct sock_filter, to the descriptor.</summary>
    internal static void Export(SeccompFilterHandle filter, int descriptor) =>
        Check(ExportProgram(filter, descriptor), "seccomp_export_bpf", "");

    private static string? ReadVersion()
    {
        if (!NativeLibrary.TryLoad(Name, typeof(SeccompLibrary).Assembly, null, out _)) return null;
        uint* numbers = GetVersion();
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{numbers[0]}.{numbers[1]}.{numbers[2]}");
    }

    private static void Check(int result, string call, string subject)
    {
        if (result < 0) throw new LinuxException(call, subject, -result);
    }

    [LibraryImport(Name, EntryPoint = "seccomp_version")]
    private static partial uint* GetVersion();

    [LibraryImport(Name, EntryPoint = "seccomp_init")]
    private static partial SeccompFilterHandle Init(uint defaultAction);

    [LibraryImport(Name, EntryPoint = "seccomp_attr_set")]
    private static partial int SetAttribute(SeccompFilterHandle filter, int attribute, uint value);

    [LibraryImport(Name, EntryPoint = "seccomp_arch_resolve_name")]
    private static partial uint ResolveArchitecture(byte* name);

    [LibraryImport(Name, EntryPoint = "seccomp_arch_add")]
    private static partial int AddArchitecture(SeccompFilterHandle filter, uint token);

    [LibraryImport(Name, EntryPoint = "seccomp_syscall_resolve_name")]
    private static partial int ResolveName(byte* name);

    [LibraryImport(Name, EntryPoint = "seccomp_rule_add_array")]
    private static partial int AddRuleArray(SeccompFilterHandle filter, uint action, int call, uint count, Comparison* arguments);

    [LibraryImport(Name, EntryPoint = "seccomp_export_bpf")]
    private static partial int ExportProgram(SeccompFilterHandle filter, int descriptor);

    /// <summary>struct scmp_arg_cmp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Comparison
    {
        internal uint Argument;
        internal int Operator;
        internal ulong First;
        internal ulong Second;
    }
}
