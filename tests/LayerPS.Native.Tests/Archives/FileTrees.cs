namespace LayerPS.Tests.Archives;

/// <summary>Trees with everything in them that a root file system can have.</summary>
internal static class FileTrees
{
    /// <summary>What ustar can hold, and with it every format but v7.</summary>
    internal const string Plain = """
        mkdir -p etc 'with space' deep/er sticky closed
        echo hello > etc/motd
        : > etc/empty
        head -c 100000 /dev/urandom > deep/er/random
        head -c 512 /dev/urandom > deep/er/one-record
        printf 'x' > 'with space/a b'
        printf 'raw' > "$(printf 'raw-\377\376-name')"
        printf 'line' > "$(printf 'new\nline')"
        printf 'utf' > 'größe-☃'
        ln etc/motd etc/motd-again
        ln -s motd etc/link
        ln -s /etc/absolute etc/dangling
        mkfifo fifo
        cp /bin/true setuid; chmod 6755 setuid
        chmod 1777 sticky; echo inside > closed/file; chmod 000 closed
        chown 1234:5678 etc/motd; chown -h 4321:8765 etc/link
        touch -d '2001-02-03 04:05:06 UTC' etc/empty
        touch -h -d '2002-02-03 04:05:06 UTC' etc/dangling
        touch -d '2003-02-03 04:05:06 UTC' deep/er deep .
        """;

    /// <summary>What GNU's and PAX's formats add.</summary>
    internal const string Long = Plain + """

        long=$(printf 'n%.0s' {1..200})
        mkdir -p "$long/$long"; echo long > "$long/$long/$long"
        ln -s "/$long/$long/$long" long-target
        ln "$long/$long/$long" "hard-$long"
        echo far > big-owner; chown 3000000:4000000000 big-owner
        mknod null c 1 3; mknod -m 640 disk b 259 1048575
        truncate -s 3M sparse; printf middle | dd of=sparse bs=1 seek=1500000 conv=notrunc status=none
        printf end | dd of=sparse bs=1 seek=3000000 conv=notrunc status=none
        truncate -s 1M all-hole
        for i in $(seq 1 60); do printf x | dd of=many-holes bs=1 seek=$((i * 65536)) conv=notrunc status=none; done
        ln etc/link hard-to-link
        """;

    /// <summary>What only PAX can hold.</summary>
    internal const string Full = Long + """

        touch -d '1965-02-03 04:05:06.123456789 UTC' etc/empty
        touch -d '2020-02-03 04:05:06.987654321 UTC' deep/er
        touch -h -d '2020-02-03 04:05:06.5 UTC' etc/link
        setfattr -n user.text -v plain etc/motd
        setfattr -n user.binary -v 0x0a00ff3d0a0000 etc/motd
        setfattr -n 'user.a=b%25' -v odd etc/motd
        setfattr -n trusted.note -v dir deep
        setfattr -h -n trusted.link -v link etc/dangling
        cp /bin/true capable; setcap cap_net_raw+ep capable
        cp /bin/true newline; setfattr -n security.capability -v 0x0100000200200000000000000a00000000000000 newline
        """;

    /// <summary>
    /// libarchive 3.6 has its own ways with fractions of seconds before 1970 and with '=' in an attribute's name.
    /// </summary>
    internal const string FullForBsdtar = Full + """

        touch -d '1965-02-03 04:05:06 UTC' etc/empty
        setfattr -x 'user.a=b%25' etc/motd
        """;

    /// <summary>
    /// All that can be seen in a directory: names, types, modes, owners, times, links, devices, attributes, contents.
    /// </summary>
    internal static string Describe(string directory) => Shell.Script(directory, """
        find . -mindepth 1 -type d -printf '%p d %m %U:%G %T@\0' -o -printf '%p %y %m %U:%G %s %T@ %l %n\0' |
            sort -z | tr '\0' '\n'
        find . \( -type c -o -type b \) -print0 | sort -z | xargs -0 -r stat -c '%n %t:%T'
        find . -mindepth 1 -print0 | sort -z | xargs -0 getfattr -h -d -m - -e hex 2>/dev/null
        find . -type f -print0 | sort -z | xargs -0 -r sha256sum
        """);
}
