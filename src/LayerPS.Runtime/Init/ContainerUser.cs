using System.Globalization;
using LayerPS.Oci;

namespace LayerPS.Runtime.Init;

/// <summary>Who the container's process is. Names are looked up in the container's own files, so after the root is entered.</summary>
internal sealed record ContainerUser(uint Uid, uint Gid, IReadOnlyList<uint> Groups, string? Home)
{
    private const string PasswordFile = "/etc/passwd";
    private const string GroupFile = "/etc/group";

    /// <param name="user">The numbers of the configuration.</param>
    /// <param name="written">
    /// What the person wrote, <c>user[:group]</c>, each a name or a number (image-spec, config.md, "User"); it wins.
    /// </param>
    internal static ContainerUser Resolve(RuntimeUser user, string? written)
    {
        if (string.IsNullOrEmpty(written))
        {
            string[]? same = Find(PasswordFile, user.Uid.ToString(CultureInfo.InvariantCulture), 2);
            return new ContainerUser(user.Uid, user.Gid, user.AdditionalGids, same?[5]);
        }

        string[] parts = written.Split(':', 2);
        string[]? entry = Find(PasswordFile, parts[0], 0) ?? Find(PasswordFile, parts[0], 2);
        uint uid = entry is not null ? Number(entry[2]) : NumberOf(parts[0], "user", PasswordFile);
        uint gid = parts.Length == 2 ? GroupOf(parts[1]) : entry is not null ? Number(entry[3]) : 0;

        // A group given by hand stands alone, as with every engine.
        IReadOnlyList<uint> groups = parts.Length == 1 && entry is not null ? GroupsWith(entry[0]) : [];
        return new ContainerUser(uid, gid, groups, entry?[5]);
    }

    /// <summary>The environment with HOME, unless it has one.</summary>
    internal IReadOnlyList<string> AddHome(IReadOnlyList<string> environment) =>
        environment.Any(static e => e.StartsWith("HOME=", StringComparison.Ordinal))
            ? environment
            : [.. environment, $"HOME={(string.IsNullOrEmpty(Home) ? "/" : Home)}"];

    private static uint GroupOf(string written) =>
        Find(GroupFile, written, 0) is { } entry ? Number(entry[2]) : NumberOf(written, "group", GroupFile);

    private static List<uint> GroupsWith(string user) =>
        [.. Lines(GroupFile, 4).Where(e => e[3].Split(',').Contains(user)).Select(e => Number(e[2]))];

    private static uint NumberOf(string written, string kind, string file) =>
        uint.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : throw new StartException(
                StartFailure.RuntimeFailed, $"The {kind} '{written}' is not in the container's {file}. Give a number, or a name that is there.");

    private static uint Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : throw new StartException(StartFailure.RuntimeFailed, $"The container's {PasswordFile} or {GroupFile} has '{text}' for a number.");

    private static string[]? Find(string file, string value, int column) =>
        Lines(file, column == 0 && file == GroupFile ? 3 : 6).FirstOrDefault(e => e[column] == value);

    private static IEnumerable<string[]> Lines(string file, int columns) =>
        File.Exists(file)
            ? File.ReadLines(file).Select(static l => l.Split(':')).Where(e => e.Length >= columns)
            : [];
}
