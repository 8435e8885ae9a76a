using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Oci.Arguments;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>
/// The namespaces that the configuration gives by their paths. This thread is in them while it starts the container's first
/// process, which inherits them; those of mounts and cgroups that one enters by itself.
/// </summary>
internal sealed class JoinedNamespaces : IDisposable
{
    private readonly Stack<(int Own, int Flag)> _left = new();

    /// <summary>CLONE_NEW… of those that are made for it when it is born.</summary>
    internal static int FlagsOf(IReadOnlyList<RuntimeNamespace> namespaces) => namespaces
        .Where(static n => n is { Path: null, Type: not "cgroup" }).Aggregate(0, static (flags, n) => flags | Namespaces.FlagOf(n.Type));

    internal static JoinedNamespaces Enter(IReadOnlyList<RuntimeNamespace> namespaces)
    {
        JoinedNamespaces entered = new();
        try
        {
            foreach (RuntimeNamespace joined in namespaces)
            {
                if (joined is { Path: { } path, Type: not ("mount" or "cgroup") }) entered.Enter(joined.Type, path);
            }

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

    private void Enter(string type, string path)
    {
        int flag = Namespaces.FlagOf(type);
        int own = Descriptors.Open($"/proc/self/ns/{Namespaces.FileOf(type)}", LibC.O_RDONLY);
        int other = -1;
        try
        {
            other = Descriptors.Open(path, LibC.O_RDONLY);
            Namespaces.Join(other, flag);
            _left.Push((own, flag));
        }
        catch (LinuxException failure)
        {
            Descriptors.Close(own);
            throw new OciException($"linux.namespaces: the {type} namespace '{path}' cannot be joined: {failure.Message}");
        }
        finally
        {
            if (other >= 0) Descriptors.Close(other);
        }
    }
}
