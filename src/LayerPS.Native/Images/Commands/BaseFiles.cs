namespace LayerPS.Images;

/// <summary>The few files and directories that programs expect of any system, see hier(7).</summary>
internal static class BaseFiles
{
    internal const string Shell = "/bin/sh";

    private const uint OpenToAll = 0b001_111_111_111; // with the sticky bit
    private const uint OwnerOnly = 0b111_000_000;

    internal static void AddTo(HostTree tree)
    {
        foreach (string path in (ReadOnlySpan<string>)["/dev", "/etc", "/proc", "/run", "/sys", "/var"]) tree.AddDirectory(path);
        foreach (string path in (ReadOnlySpan<string>)["/tmp", "/var/tmp"]) tree.AddDirectory(path, OpenToAll);
        tree.AddDirectory("/root", OwnerOnly);
        tree.AddText(
            "/etc/passwd",
            $"root:x:0:0:root:/root:{Shell}\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n");
        tree.AddText("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
        tree.AddText("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    }
}
