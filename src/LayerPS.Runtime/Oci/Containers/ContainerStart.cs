using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Hooks;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Has a created container execute its command.</summary>
internal sealed class ContainerStart(GlobalOptions global, OciLog log)
{
    private const int LongestFailure = 4096;

    /// <exception cref="OciException">It is not created; or its command cannot be executed.</exception>
    internal void Start(string id)
    {
        var directory = ContainerDirectory.Open(global.Root, id);
        using Storage.FileLock held = directory.Lock();
        OciContainer container = OciContainer.Read(directory);
        container.Require("start", ContainerStatus.Created);
        int stage = Connect(directory);
        // From here on it counts as running; what it answers is how that went.
        File.Delete(directory.StartSocket);
        Span<byte> answer = stackalloc byte[LongestFailure];
        int length = ReadAnswer(stage, answer);
        Descriptors.Close(stage);
        if (length > 0) throw StartRefusal.Of(StartFailure.Parse(answer[..length]));
        if (directory.ReadConfiguration().Hooks is { Poststart.Count: > 0 } hooks)
            HookRun.RunAllAnyhow("poststart", hooks.Poststart, StateDocument.Write(OciContainer.Read(directory).Describe()), log.Warn);
    }

    private static int Connect(ContainerDirectory directory)
    {
        using SafeFileHandle opened = FileTree.OpenDirectory(directory.Path);
        try
        {
            return LocalSockets.Connect($"/proc/self/fd/{opened.Number()}/{ContainerDirectory.StartSocketName}");
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ECONNREFUSED)
        {
            File.Delete(directory.StartSocket);
            throw new OciException($"Cannot start the container '{directory.Id}', which was started already or has ended.");
        }
    }

    private static int ReadAnswer(int stage, Span<byte> answer)
    {
        int length = 0;
        try
        {
            while (Descriptors.Read(stage, answer[length..]) is > 0 and var count) length += count;
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ECONNRESET)
        {
            // It ended with something unread, which there is not; or was ended.
        }

        return length;
    }
}
