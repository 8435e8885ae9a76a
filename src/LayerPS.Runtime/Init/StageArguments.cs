using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LayerPS.Runtime.Init;

/// <summary>What a stage is handed by whoever starts it: its own name, and descriptors by their numbers.</summary>
/// <param name="Stage"><see cref="InitProcess"/>, <see cref="ReaperProcess"/> or <see cref="JoinProcess"/>, see their names.</param>
internal sealed record StageArguments(string Stage)
{
    private const int Count = 10;
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

    /// <summary>The cgroup that the stage joins without having read any configuration; null for none.</summary>
    internal string? CgroupPath { get; init; }

    private int[] Descriptors =>
        [Report, Input, Output, Error, Plan, Container, Console, Furnished, Filter, Files];

    /// <summary>Those that the stage has to inherit.</summary>
    internal IEnumerable<int> Passed => Descriptors.Where(static descriptor => descriptor != None);

    internal static bool TryParse(string[] arguments, [NotNullWhen(true)] out StageArguments? parsed)
    {
        Span<int> numbers = stackalloc int[Count];
        parsed = null;
        if (arguments.Length is not (Count + 1 or Count + 2)) return false;
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
            CgroupPath = arguments.Length > Count + 1 ? arguments[^1] : null,
        };
        return true;
    }

    internal IReadOnlyList<string> ToCommandLine(string program)
    {
        IEnumerable<string> numbers = Descriptors.Select(static number => number.ToString(CultureInfo.InvariantCulture));
        return CgroupPath is null ? [program, Stage, .. numbers] : [program, Stage, .. numbers, CgroupPath];
    }
}
