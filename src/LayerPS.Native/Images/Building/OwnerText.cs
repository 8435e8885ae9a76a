using System.Globalization;
using System.Text;
using LayerPS.Dockerfiles;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Images;

/// <summary><c>user[:group]</c> of --chown: numbers, or names in the image's own /etc/passwd and /etc/group.</summary>
internal static class OwnerText
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <exception cref="EngineException">DockerfileInvalid: the image has no such user or group.</exception>
    internal static (uint Uid, uint Gid) Read(Word word, string text, SafeFileHandle root)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 2 || parts[0].Length == 0) throw word.Fault($"'{text}' is no user[:group]");
        uint uid, gid;
        if (Number(parts[0]) is { } number)
        {
            uid = gid = number;
        }
        else
        {
            string[] row = Rows(root, "etc/passwd").FirstOrDefault(row => row[0] == parts[0] && row.Length > 3)
                ?? throw word.Fault($"the image has no user '{parts[0]}' in /etc/passwd");
            uid = Number(row[2]) ?? throw word.Fault($"'{parts[0]}' has no number in the image's /etc/passwd");
            gid = Number(row[3]) ?? uid;
        }

        if (parts.Length == 1 || parts[1].Length == 0) return (uid, gid);
        if (Number(parts[1]) is { } group) return (uid, group);
        string[] found = Rows(root, "etc/group").FirstOrDefault(row => row[0] == parts[1] && row.Length > 2)
            ?? throw word.Fault($"the image has no group '{parts[1]}' in /etc/group");
        return (uid, Number(found[2]) ?? throw word.Fault($"'{parts[1]}' has no number in the image's /etc/group"));
    }

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    private static IEnumerable<string[]> Rows(SafeFileHandle root, string path)
    {
        int error = FileTree.TryOpenBelow(
            root, Encoding.UTF8.GetBytes(path), LibC.O_RDONLY | LibC.O_NONBLOCK, FileTree.ResolveInRoot, out SafeFileHandle? file);
        if (error != 0) return [];
        using (file)
        {
            FileStatus status = FileStatus.Of(file!);
            if (!status.IsRegularFile || status.Size > LargestFile) return [];
            using MemoryStream content = new();
            byte[] buffer = new byte[4096];
            for (int read; (read = FileContent.Read(file!, buffer)) > 0 && content.Length < LargestFile;)
                content.Write(buffer, 0, read);
            return [.. Encoding.UTF8.GetString(content.ToArray()).Split('\n').Select(static line => line.Split(':'))];
        }
    }
}
