using System.Globalization;
using LayerPS.Cgroups;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Starts a stage, which is this program once more, and hears from it how that went.</summary>
internal static class StageProcess
{
    private const int LongestReport = 4096;
    private const string OwnProgram = "/proc/self/exe";

    /// <param name="arguments">Its descriptors; it inherits them.</param>
    /// <param name="namespaces">CLONE_NEW… flags of those that are made for it.</param>
    /// <param name="cgroup">Where it is born; null for the caller's own.</param>
    /// <param name="entry">How it enters a user namespace; null where it keeps the caller's.</param>
    /// <returns>Its number.</returns>
    internal static int Start(
        StageArguments arguments, int namespaces, ContainerCgroup? cgroup, UserNamespaceEntry? entry = null)
    {
        // What is inside a container sees this program as /proc/PID/exe. By a mount of its own that is read-only, nobody
        // can write it there, whatever the permissions.
        using SafeFileHandle program = Mounts.Clone(OwnProgram);
        Mounts.SetAttributes(program, Mounts.ReadOnly);
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{program.Number()}");
        int directory = cgroup?.VersionTwoDirectory is { } born
            ? Descriptors.Open(born, LibC.O_RDONLY | LibC.O_DIRECTORY)
            : -1;
        int pid = Execute(path, arguments, namespaces, directory, entry);
        if (directory >= 0) Descriptors.Close(directory);
        return pid;
    }

    /// <summary>As <see cref="Start"/>, for a stage that starts another one: it is on such a mount already.</summary>
    internal static int StartNext(StageArguments arguments) => Execute(OwnProgram, arguments, namespaces: 0, cgroup: -1);

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

    private static int Execute(
        string path, StageArguments arguments, int namespaces, int cgroup, UserNamespaceEntry? entry = null)
    {
        foreach (int passed in arguments.Passed) Descriptors.Inherit(passed);
        return ChildProcess.Start(
            path, arguments.ToCommandLine("layerps-runtime"), [], (ulong)namespaces, cgroup, entry);
    }
}
