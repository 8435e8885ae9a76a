using System.Runtime.CompilerServices;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>Terminals and pseudoterminals, see pty(7) and ioctl_tty(2).</summary>
internal static unsafe class Terminals
{
    /// <summary>What a terminal sends for Ctrl+D, which ends the input of whoever reads lines from it.</summary>
    internal const byte EndOfInput = 4;

    private static readonly DeviceNumber Multiplexer = new(5, 2);

    internal static bool IsTerminal(int descriptor) => isatty(descriptor) == 1;

    /// <summary>Makes a new pseudoterminal.</summary>
    /// <param name="multiplexer">The ptmx of the devpts that it is to be in.</param>
    /// <returns>Its master; the other side comes from <see cref="OpenPeer"/>.</returns>
    internal static int OpenMaster(string multiplexer)
    {
        int master = Descriptors.Open(multiplexer, O_RDWR | O_NOCTTY);
        int locked = 0;
        if (ioctl(master, TIOCSPTLCK, &locked) == 0) return master;
        LinuxException failure = LinuxException.FromLastError("ioctl(TIOCSPTLCK)", multiplexer);
        Descriptors.Close(master);
        throw failure;
    }

    /// <summary>True for the device that new pseudoterminals come from.</summary>
    internal static bool IsMultiplexer(FileStatus status) =>
        status.Type == FileType.CharacterDevice && status.Node == Multiplexer;

    /// <summary>Opens the side that programs see, whatever its name is and wherever that is mounted.</summary>
    internal static int OpenPeer(int master)
    {
        int peer = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
        return peer >= 0 ? peer : throw LinuxException.FromLastError("ioctl(TIOCGPTPEER)");
    }

    /// <summary>The name of the other side below /dev/pts, which is a number.</summary>
    internal static int NumberOf(int master)
    {
        int number;
        return ioctl(master, TIOCGPTN, &number) == 0 ? number : throw LinuxException.FromLastError("ioctl(TIOCGPTN)");
    }

    /// <summary>Makes it the controlling terminal of this process, which has to lead a session that has none.</summary>
    internal static void BecomeControlling(int descriptor)
    {
        if (ioctl(descriptor, TIOCSCTTY, 0) != 0) throw LinuxException.FromLastError("ioctl(TIOCSCTTY)");
    }

    /// <summary>Gives it to another user; its group stays.</summary>
    internal static void SetOwner(int descriptor, uint user)
    {
        const uint Same = uint.MaxValue;
        if (fchown(descriptor, user, Same) != 0) throw LinuxException.FromLastError("fchown");
    }

    internal static TerminalSize GetSize(int descriptor)
    {
        winsize size;
        return ioctl(descriptor, TIOCGWINSZ, &size) == 0
            ? new TerminalSize(size.ws_row, size.ws_col)
            : throw LinuxException.FromLastError("ioctl(TIOCGWINSZ)");
    }

    /// <summary>The programs in the foreground of the terminal get SIGWINCH where it changes.</summary>
    internal static void SetSize(int descriptor, TerminalSize size)
    {
        winsize changed = new() { ws_row = size.Rows, ws_col = size.Columns };
        if (ioctl(descriptor, TIOCSWINSZ, &changed) != 0) throw LinuxException.FromLastError("ioctl(TIOCSWINSZ)");
    }

    /// <summary>As <see cref="Descriptors.TryRead"/>; a terminal whose other side is gone is at its end.</summary>
    internal static int? TryRead(int descriptor, Span<byte> buffer)
    {
        try
        {
            return Descriptors.TryRead(descriptor, buffer);
        }
        catch (LinuxException failure) when (failure.Errno == EIO)
        {
            return 0;
        }
    }
}
