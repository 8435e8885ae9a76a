using LayerPS.Cgroups;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Starts a stage, which is this program once more, and hears from it how that went.</summary>
internal static class StageProcess
{
    private const int LongestReport = 4096;

    /// <param name="arguments">Its descriptors; it inherits them.</param>
    /// <param name="namespaces">CLONE_NEW… flags of those that are made for it.</param>
    /// <param name="cgroup">Where it is born; null for the caller's own.</param>
    /// <returns>Its number.</returns>
    internal static int Start(StageArguments arguments, int namespaces, ContainerCgroup? cgroup)
    {
        foreach (int passed in arguments.Passed) Descriptors.Inherit(passed);
        int directory = cgroup?.VersionTwoDirectory is { } path
            ? Descriptors.Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY)
            : -1;
        int pid = ChildProcess.Start(
            "/proc/self/exe", arguments.ToCommandLine("layerps-runtime"), [], (ulong)namespaces, directory);
        if (directory >= 0) Descriptors.Close(directory);
        return pid;
    }

    /// <summary>The pipe closes without a word when the command has been executed.</summary>
    /// <param name="report">The end to read from; it is closed.</param>
    /// <returns>Why the command could not be executed; null when it runs.</returns>
    internal static StartFailure? ReadReport(int report)
    {
        Span<byte> buffer = stackalloc byte[LongestReport];
        int length = 0;
        int count;
        while ((count = Descriptors.Read(report, buffer[length..])) > 0) length += count;
        Descriptors.Close(report);
        return length == 0 ? null : StartFailure.Parse(buffer[..length]);
    }
}
