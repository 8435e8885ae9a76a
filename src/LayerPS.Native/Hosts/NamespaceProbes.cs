using System.Runtime.ExceptionServices;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>The namespaces, each entered by a thread that ends with it.</summary>
internal static class NamespaceProbes
{
    private const string UserLimit = "/proc/sys/user/max_user_namespaces";

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        Probe("mount", "A container has mounts of its own."),
        Probe("pid", "A container sees its own processes, and no other."),
        Probe("uts", "A container has a host name of its own."),
        Probe("ipc", "A container has shared memory and message queues of its own."),
        Probe("network", "A container has network devices of its own."),
        Probe("cgroup", "A container sees its own cgroup as the root of all."),
        new("namespace-user", "-UserNamespace: containers whose root is no root of the host.",
            $"Boot a kernel with CONFIG_USER_NS, and let {UserLimit} be more than 0.", FindUser),
    ];

    private static HostProbe Probe(string type, string purpose) => new(
        $"namespace-{type}", purpose,
        "Run pwsh as root, on a kernel that has these namespaces (CONFIG_NAMESPACES and those below it); inside of " +
        "another container, one that may make them: docker run --privileged.",
        () => FindOnThread(type)) { IsRequired = true };

    private static ProbeFinding FindOnThread(string type)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Namespaces.Unshare(Namespaces.FlagOf(type));
                if (type == "network") Namespaces.RaiseLoopback();
            }
            catch (LinuxException e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return ProbeFinding.Good(type == "network" ? "entered, loopback device up" : "entered");
    }

    // A process of several threads cannot enter one, see unshare(2).
    private static ProbeFinding FindUser()
    {
        if (!File.Exists(UserLimit)) return ProbeFinding.Bad("none in this kernel");
        string limit = File.ReadAllText(UserLimit).Trim();
        return new ProbeFinding(limit != "0", $"at most {limit}");
    }
}
