using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>What the container's process reads from and writes to, and the ends that stay with the monitor.</summary>
internal sealed class ContainerStreams
{
    private ContainerStreams()
    {
    }

    /// <summary>The process's own ends; they become its standard streams.</summary>
    internal required int Input { get; init; }

    /// <inheritdoc cref="Input"/>
    internal required int OutputEnd { get; init; }

    /// <inheritdoc cref="Input"/>
    internal required int ErrorEnd { get; init; }

    /// <summary>Where the monitor reads what the process writes.</summary>
    internal required int Output { get; init; }

    /// <inheritdoc cref="Output"/>
    internal required int Error { get; init; }

    internal static ContainerStreams Open()
    {
        (int output, int outputEnd) = Descriptors.Pipe();
        (int error, int errorEnd) = Descriptors.Pipe();
        return new ContainerStreams
        {
            Input = Descriptors.Open("/dev/null", LibC.O_RDWR),
            Output = output,
            OutputEnd = outputEnd,
            Error = error,
            ErrorEnd = errorEnd,
        };
    }

    /// <summary>To be called when the process has its ends: while the monitor has them too, none of its own closes.</summary>
    internal void ClosePassed()
    {
        foreach (int passed in (ReadOnlySpan<int>)[Input, OutputEnd, ErrorEnd]) Descriptors.Close(passed);
    }

    /// <summary>To be called when all is read.</summary>
    internal void Close()
    {
        Descriptors.Close(Output);
        Descriptors.Close(Error);
    }
}
