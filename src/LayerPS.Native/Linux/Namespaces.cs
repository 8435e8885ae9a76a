using System.Text;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>Namespaces by their OCI name, and what is set inside a new one; see namespaces(7).</summary>
internal static unsafe partial class Namespaces
{
    /// <summary>The CLONE_NEW… flag of an OCI namespace type (config-linux.md, "Namespaces").</summary>
    internal static int FlagOf(string type) => type switch
    {
        "mount" => CLONE_NEWNS,
        "pid" => CLONE_NEWPID,
        "uts" => CLONE_NEWUTS,
        "ipc" => CLONE_NEWIPC,
        "network" => CLONE_NEWNET,
        "cgroup" => CLONE_NEWCGROUP,
        "user" => CLONE_NEWUSER,
        _ => throw new ArgumentException($"The namespace type '{type}' is not supported.", nameof(type)),
    };

    /// <summary>The name of its file in /proc/PID/ns, see namespaces(7).</summary>
    internal static string FileOf(string type) => type switch
    {
        "mount" => "mnt",
        "network" => "net",
        _ => type,
    };

    internal static void Unshare(int flags)
    {
        if (unshare(flags) < 0) throw LinuxException.FromLastError("unshare");
    }

    /// <summary>Enters namespaces of another process, see setns(2); that of pids takes only children of this thread.</summary>
    /// <param name="descriptor">A pidfd, or the file of a namespace.</param>
    /// <param name="flags">CLONE_NEW… flags of those to enter.</param>
    internal static void Join(int descriptor, int flags)
    {
        if (setns(descriptor, flags) < 0) throw LinuxException.FromLastError("setns");
    }

    internal static void SetHostName(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* p = bytes)
        {
            if (sethostname(p, bytes.Length) < 0) throw LinuxException.FromLastError("sethostname", name);
        }
    }

    /// <summary>The name of the NIS domain, see setdomainname(2).</summary>
    internal static void SetDomainName(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* p = bytes)
        {
            if (SetDomainName(p, (nuint)bytes.Length) < 0) throw LinuxException.FromLastError("setdomainname", name);
        }
    }

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "setdomainname", SetLastError = true)]
    private static partial int SetDomainName(byte* name, nuint length);

    /// <summary>Brings the loopback device of this network namespace up, see netdevice(7).</summary>
    internal static void RaiseLoopback()
    {
        int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0) throw LinuxException.FromLastError("socket");
        try
        {
            const int NameLength = 16;
            const int RequestLength = 40;
            const short Up = 1;
            byte* request = stackalloc byte[RequestLength];
            new Span<byte>(request, RequestLength).Clear();
            "lo"u8.CopyTo(new Span<byte>(request, NameLength));
            if (ioctl(descriptor, SIOCGIFFLAGS, request) < 0) throw LinuxException.FromLastError("ioctl(SIOCGIFFLAGS)", "lo");
            *(short*)(request + NameLength) |= Up;
            if (ioctl(descriptor, SIOCSIFFLAGS, request) < 0) throw LinuxException.FromLastError("ioctl(SIOCSIFFLAGS)", "lo");
        }
        finally
        {
            _ = close(descriptor);
        }
    }
}
