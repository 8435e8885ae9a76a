using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LayerPS.Runtime.Init;

/// <summary>What a stage is handed by whoever starts it: its own name, and descriptors by their numbers.</summary>
/// <param name="Stage"><see cref="InitProcess"/>, <see cref="ReaperProcess"/> or <see cref="JoinProcess"/>, see their names.</param>
internal sealed record StageArguments(string Stage)
{
    private const int Count = 13;
    private const int Strings = 2;
    internal const int None = -1;

    /// <summary>Where a failure is told; it closes without a word when the command has been executed.</summary>
    internal required int Report { get; init; }

    /// <summary>The command's standard streams.</summary>
    internal required int Input { get; init; }

    /// <inheritdoc cref="Input"/>
    internal required int Output { get; init; }

    /// <inheritdoc cref="Input"/>
    internal required int Error { get; init; }

    /// <summary>Where the plan of a command comes from; -1 for none.</summary>
    internal int Plan { get; init; } = None;

    /// <summary>The pidfd of the container that is joined; -1 for none.</summary>
    internal int Container { get; init; } = None;

    /// <summary>The socket that the master of the container's terminal is sent to; -1 for none.</summary>
    internal int Console { get; init; } = None;

    /// <summary>Says by one byte that the cgroup is furnished; -1 where it was before.</summary>
    internal int Furnished { get; init; } = None;

    /// <summary>The program that filters the command's system calls; -1 for none.</summary>
    internal int Filter { get; init; } = None;

    /// <summary>
    /// Where a stage with users of its own gets the files from that it may not open, see <see cref="HandedFiles"/>; -1
    /// for none.
    /// </summary>
    internal int Files { get; init; } = None;

    /// <summary>Where the stage says that it waits for the hooks of its creator, and hears that they ran; -1 for none.</summary>
    internal int Gate { get; init; } = None;

    /// <summary>How many descriptors from 3 on the command is handed besides the standard streams.</summary>
    internal int Preserved { get; init; }

    /// <summary>The root is changed by chroot(2): pivot_root(2) does not work in the first file system of a machine.</summary>
    internal bool NoPivot { get; init; }

    /// <summary>The cgroup that the stage joins, whatever the configuration has for it; null for none.</summary>
    internal string? CgroupPath { get; init; }

    /// <summary>
    /// The directory of a container that another program created, and that is started later; null for one of LayerPS's own.
    /// </summary>
    internal string? StateDirectory { get; init; }

    private int[] Descriptors =>
        [Report, Input, Output, Error, Plan, Container, Console, Furnished, Filter, Files, Gate];

    /// <summary>Those that the stage has to inherit.</summary>
    internal IEnumerable<int> Passed => Descriptors.Where(static descriptor => descriptor != None);

    internal static bool TryParse(string[] arguments, [NotNullWhen(true)] out StageArguments? parsed)
    {
        Span<int> numbers = stackalloc int[Count];
        parsed = null;
        if (arguments.Length != 1 + Count + Strings) return false;
        for (int i = 0; i < Count; i++)
        {
            if (!int.TryParse(
                arguments[i + 1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i])) return false;
        }

        parsed = new StageArguments(arguments[0])
        {
            Report = numbers[0],
            Input = numbers[1],
            Output = numbers[2],
            Error = numbers[3],
            Plan = numbers[4],
            Container = numbers[5],
            Console = numbers[6],
            Furnished = numbers[7],
            Filter = numbers[8],
            Files = numbers[9],
            Gate = numbers[10],
            Preserved = numbers[11],
            NoPivot = numbers[12] != 0,
            CgroupPath = TextOf(arguments[^2]),
            StateDirectory = TextOf(arguments[^1]),
        };
        return true;
    }

    internal IReadOnlyList<string> ToCommandLine(string program)
    {
        IEnumerable<string> numbers = Descriptors.Append(Preserved).Append(NoPivot ? 1 : 0)
            .Select(static number => number.ToString(CultureInfo.InvariantCulture));
        return [program, Stage, .. numbers, CgroupPath ?? "", StateDirectory ?? ""];
    }

    private static string? TextOf(string argument) => argument.Length == 0 ? null : argument;
}
