using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>Starts the init stage, which becomes the container's process, and hears from it how that went.</summary>
internal static class InitStage
{
    private const int LongestReport = 4096;

    /// <param name="plan">How to start it.</param>
    /// <param name="cgroup">Where it is born; null for the monitor's own.</param>
    /// <param name="streams">Its standard streams.</param>
    /// <param name="failure">Why the process could not be started; null when it runs.</param>
    /// <returns>The process's number; it has been waited for when it failed.</returns>
    internal static int Start(
        MonitorPlan plan, ContainerCgroup? cgroup, ContainerStreams streams, out StartFailure? failure)
    {
        (int report, int reportEnd) = Descriptors.Pipe();
        var arguments = new InitArguments(reportEnd, streams.Input, streams.OutputEnd, streams.ErrorEnd);
        int pid = Execute(plan, cgroup, arguments);
        Descriptors.Close(reportEnd);
        streams.ClosePassed();
        failure = ReadReport(report);
        if (failure is not null) _ = ChildStatus.Wait(pid);
        return pid;
    }

    private static int Execute(MonitorPlan plan, ContainerCgroup? cgroup, InitArguments arguments)
    {
        foreach (int passed in (ReadOnlySpan<int>)[arguments.Report, arguments.Input, arguments.Output, arguments.Error])
            Descriptors.Inherit(passed);

        int directory = cgroup?.VersionTwoDirectory is { } path
            ? Descriptors.Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY)
            : -1;
        int pid = ChildProcess.Start(
            "/proc/self/exe", arguments.ToCommandLine("layerps-runtime"), [], (ulong)plan.Namespaces, directory);
        if (directory >= 0) Descriptors.Close(directory);
        return pid;
    }

    /// <summary>The pipe closes without a word when the command has been executed.</summary>
    private static StartFailure? ReadReport(int report)
    {
        Span<byte> buffer = stackalloc byte[LongestReport];
        int length = 0;
        int count;
        while ((count = Descriptors.Read(report, buffer[length..])) > 0) length += count;
        Descriptors.Close(report);
        return length == 0 ? null : StartFailure.Parse(buffer[..length]);
    }
}
