using LayerPS.Linux;

namespace LayerPS.Cgroups;

/// <summary>
/// Rules for devices as a program for the kernel's own machine (the kernel's bpf/standardization/instruction-set.rst), which
/// is how version 2 of the cgroups has them: cgroup-v2.rst, "Device controller".
/// </summary>
internal static class DeviceFilter
{
    // Registers: the answer, the context, and what was read of the context.
    private const int Answer = 0, Context = 1, Type = 2, Access = 3, Major = 4, Minor = 5;

    // struct bpf_cgroup_dev_ctx.
    private const short AccessAndType = 0, MajorNumber = 4, MinorNumber = 8;

    private const byte Load = 0x61, ShiftRight = 0x77, And = 0x57, Copy = 0xBF, Set = 0xB7, Exit = 0x95;
    private const byte JumpUnlessNumber = 0x55, JumpUnlessEqual = 0x5D;
    private const int BlockDevice = 1, CharacterDevice = 2;
    private const int MakeNode = 1, Read = 2, Write = 4;

    /// <summary>The program; it refuses what no rule fits.</summary>
    internal static ulong[] Assemble(IReadOnlyList<DeviceRule> rules)
    {
        List<ulong> program =
        [
            Instruction(Load, Type, Context, AccessAndType, 0),
            Instruction(Copy, Access, Type, 0, 0),
            Instruction(ShiftRight, Access, 0, 0, 16),
            Instruction(And, Type, 0, 0, 0xFFFF),
            Instruction(Load, Major, Context, MajorNumber, 0),
            Instruction(Load, Minor, Context, MinorNumber, 0),
        ];
        // The last that fits counts, so it is asked first. The kernel takes no program with instructions that nothing leads to.
        foreach (DeviceRule rule in rules.Reverse())
        {
            Append(program, rule);
            if (rule.FitsAll) return [.. program];
        }

        program.Add(Instruction(Set, Answer, 0, 0, 0));
        program.Add(Instruction(Exit, 0, 0, 0, 0));
        return [.. program];
    }

    private static void Append(List<ulong> program, DeviceRule rule)
    {
        List<ulong> tests = [];
        List<int> jumps = [];
        if (rule.Type != 'a') Test(JumpUnlessNumber, Type, 0, rule.Type == 'b' ? BlockDevice : CharacterDevice);
        if (rule.Access != DeviceRule.Everything)
        {
            // Nothing is asked for beyond what the rule is about. The context is not needed any more.
            tests.Add(Instruction(Copy, Context, Access, 0, 0));
            tests.Add(Instruction(And, Context, 0, 0, BitsOf(rule.Access)));
            Test(JumpUnlessEqual, Context, Access, 0);
        }

        if (rule.Major is { } major) Test(JumpUnlessNumber, Major, 0, (int)major);
        if (rule.Minor is { } minor) Test(JumpUnlessNumber, Minor, 0, (int)minor);
        tests.Add(Instruction(Set, Answer, 0, 0, rule.Allow ? 1 : 0));
        tests.Add(Instruction(Exit, 0, 0, 0, 0));

        // A jump counts from the instruction behind it.
        foreach (int jump in jumps) tests[jump] |= (ulong)(ushort)(tests.Count - jump - 1) << 16;
        program.AddRange(tests);

        void Test(byte code, int register, int other, int number)
        {
            jumps.Add(tests.Count);
            tests.Add(Instruction(code, register, other, 0, number));
        }
    }

    private static int BitsOf(string access) =>
        (access.Contains('m') ? MakeNode : 0) | (access.Contains('r') ? Read : 0) | (access.Contains('w') ? Write : 0);

    private static ulong Instruction(byte code, int destination, int source, short offset, int number) =>
        code | ((ulong)(destination | (source << 4)) << 8) | ((ulong)(ushort)offset << 16) | ((ulong)(uint)number << 32);
}
