using System.Text;

namespace LayerPS.Containers;

/// <summary>The files that name a container and its network, mounted into it from its directory on the host.</summary>
internal static class NetworkFiles
{
    private const UnixFileMode AnyoneReads =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    internal static void Write(string directory, ContainerConfig config)
    {
        bool ofHost = config.Network == ContainerNetwork.Host;
        string extra = string.Concat(config.ExtraHosts.Select(ExtraHost.LineOf));
        Put(directory, ContainerFiles.HostName, config.Hostname + "\n");
        Put(directory, ContainerFiles.Hosts, (ofHost ? OfHost("/etc/hosts") : OwnHosts(config.Hostname)) + extra);
        Put(directory, ContainerFiles.ResolvConf, ofHost ? OfHost("/etc/resolv.conf") : "");
    }

    private static string OwnHosts(string hostname) =>
        $"127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n127.0.0.1\t{hostname}\n";

    private static string OfHost(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static void Put(string directory, string name, string text)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        File.SetUnixFileMode(path, AnyoneReads);
    }
}
