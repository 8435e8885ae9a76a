using System.Globalization;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// The namespaces of other containers that a container shares. This thread is in them while it starts the container's
/// first process, which inherits them.
/// </summary>
internal sealed class SharedNamespaces : IDisposable
{
    private readonly Stack<(int Own, int Flag)> _left = new();

    /// <param name="shared">The types by their OCI names, with the ids of the other containers.</param>
    /// <exception cref="InvalidOperationException">Another one does not run.</exception>
    internal static SharedNamespaces Enter(IReadOnlyList<(string Type, string Container)> shared)
    {
        SharedNamespaces entered = new();
        try
        {
            foreach ((string type, string container) in shared) entered.Enter(type, container);
            return entered;
        }
        catch
        {
            entered.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_left.TryPop(out (int Own, int Flag) left))
        {
            Namespaces.Join(left.Own, left.Flag);
            Descriptors.Close(left.Own);
        }
    }

    // Found anew at each start: the other one may have been started again meanwhile, and has another namespace then.
    private void Enter(string type, string id)
    {
        ContainerRun? run = SmallFile.TryRead(Path.Combine("..", id, ContainerFiles.Run)) is { } json
            ? ContainerRunJson.Parse(json)
            : null;
        using ProcessHandle other = (run is null ? null : ProcessHandle.TryOpen(run.Pid, run.PidStartTime))
            ?? throw new InvalidOperationException($"The container {id}, whose {type} namespace it shares, does not run.");
        int flag = Namespaces.FlagOf(type);
        int own = Descriptors.Open(
            string.Create(CultureInfo.InvariantCulture, $"/proc/self/ns/{Namespaces.FileOf(type)}"), LibC.O_RDONLY);
        try
        {
            Namespaces.Join(other.Descriptor, flag);
            _left.Push((own, flag));
        }
        catch
        {
            Descriptors.Close(own);
            throw;
        }
    }
}
