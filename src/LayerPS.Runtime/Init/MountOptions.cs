using LayerPS.Linux;
using LayerPS.Oci;

namespace LayerPS.Runtime.Init;

/// <summary>What the options of one mount mean (runtime-spec, config.md, "Linux mount options"; mount(8)).</summary>
internal sealed record MountOptions
{
    private static readonly Dictionary<string, (ulong Flag, bool Sets)> Attributes = new()
    {
        ["ro"] = (Mounts.ReadOnly, true), ["rw"] = (Mounts.ReadOnly, false),
        ["nosuid"] = (Mounts.NoSetUserId, true), ["suid"] = (Mounts.NoSetUserId, false),
        ["nodev"] = (Mounts.NoDevices, true), ["dev"] = (Mounts.NoDevices, false),
        ["noexec"] = (Mounts.NoExecute, true), ["exec"] = (Mounts.NoExecute, false),
        ["nodiratime"] = (Mounts.NoDirectoryAccessTime, true), ["diratime"] = (Mounts.NoDirectoryAccessTime, false),
        ["nosymfollow"] = (Mounts.NoSymbolicLinks, true), ["symfollow"] = (Mounts.NoSymbolicLinks, false),
        ["noatime"] = (Mounts.NoAccessTime, true), ["atime"] = (Mounts.NoAccessTime, false),
        ["strictatime"] = (Mounts.StrictAccessTime, true), ["nostrictatime"] = (Mounts.StrictAccessTime, false),
        // The kernel's way where nothing is said, which is no bit at all.
        ["relatime"] = (Mounts.AccessTimeMask, false), ["norelatime"] = (Mounts.AccessTimeMask, false),
    };

    // What fsconfig(2) and new mounts do anyhow.
    private static readonly string[] Nothing = ["defaults", "async", "loud", "nomand", "noiversion", "nolazytime"];

    private static readonly string[] Propagations =
        ["private", "rprivate", "slave", "rslave", "shared", "rshared", "unbindable", "runbindable"];

    /// <summary>Every option that is not the file system's own.</summary>
    internal static IEnumerable<string> Known =>
    [
        .. Attributes.Keys, .. Attributes.Keys.Select(static name => 'r' + name), .. Propagations, .. Nothing, "bind", "rbind", "tmpcopyup",
    ];

    /// <summary>Attributes of the mount itself.</summary>
    internal ulong Set { get; private set; }

    /// <inheritdoc cref="Set"/>
    internal ulong Clear { get; private set; }

    /// <summary>Attributes of the mount and all below it.</summary>
    internal ulong SetBelow { get; private set; }

    /// <inheritdoc cref="SetBelow"/>
    internal ulong ClearBelow { get; private set; }

    /// <summary>See <see cref="Mounts.Private"/>; each is said by an option of its own, in their order.</summary>
    internal List<(ulong Flag, bool Recursive)> Propagation { get; } = [];

    internal bool Bind { get; private set; }

    /// <summary>A bind mount has those below its source as well.</summary>
    internal bool Recursive { get; private set; }

    /// <summary>A new file system is filled with what it hides.</summary>
    internal bool CopyUp { get; private set; }

    /// <summary>idmap or ridmap; null for none of them.</summary>
    internal string? IdMap { get; private set; }

    /// <summary>Those of the file system.</summary>
    internal List<string> Data { get; } = [];

    internal static MountOptions Parse(RuntimeMount mount)
    {
        MountOptions parsed = new() { Bind = mount.Type == "bind" };
        foreach (string option in mount.Options) parsed.Add(option);
        return parsed;
    }

    /// <exception cref="FormatException">It is no word for it.</exception>
    internal static (ulong Flag, bool Recursive) PropagationOf(string word) =>
        TryPropagation(word, out ulong flag) ? (flag, word[0] == 'r') : throw new FormatException($"'{word}' is no propagation of mounts.");

    private void Add(string option)
    {
        if (Attributes.TryGetValue(option, out (ulong Flag, bool Sets) attribute))
            (Set, Clear) = Change(Set, Clear, attribute);
        else if (option.StartsWith('r') && Attributes.TryGetValue(option[1..], out attribute))
            (SetBelow, ClearBelow) = Change(SetBelow, ClearBelow, attribute);
        else if (TryPropagation(option, out ulong flag))
            Propagation.Add((flag, option[0] == 'r'));
        else if (option is "bind" or "rbind")
            (Bind, Recursive) = (true, option == "rbind");
        else if (option == "tmpcopyup")
            CopyUp = true;
        else if (option is "idmap" or "ridmap")
            IdMap = option;
        else if (!Nothing.Contains(option))
            Data.Add(option);
    }

    // The last word for a thing counts; the modes of access times are one thing.
    private static (ulong Set, ulong Clear) Change(ulong set, ulong clear, (ulong Flag, bool Sets) attribute)
    {
        ulong all = (attribute.Flag & Mounts.AccessTimeMask) != 0 ? Mounts.AccessTimeMask : attribute.Flag;
        return ((set & ~all) | (attribute.Sets ? attribute.Flag : 0), clear | all);
    }

    private static bool TryPropagation(string word, out ulong flag)
    {
        flag = word switch
        {
            "private" or "rprivate" => Mounts.Private,
            "slave" or "rslave" => Mounts.Slave,
            "shared" or "rshared" => Mounts.Shared,
            "unbindable" or "runbindable" => Mounts.Unbindable,
            _ => 0,
        };
        return flag != 0;
    }
}
