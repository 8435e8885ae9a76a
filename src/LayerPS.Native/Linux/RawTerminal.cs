using System.Runtime.InteropServices;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>
/// A terminal that hands on every key as it is pressed and shows every byte as it comes, see cfmakeraw(3). It is as it
/// was before when this is disposed, and also when the process exits before that.
/// </summary>
internal sealed unsafe partial class RawTerminal : IDisposable
{
    private readonly int _descriptor;
    private readonly termios _before;

    internal RawTerminal(int descriptor)
    {
        _descriptor = descriptor;
        termios settings;
        if (tcgetattr(descriptor, &settings) != 0) throw LinuxException.FromLastError("tcgetattr");
        _before = settings;
        AppDomain.CurrentDomain.ProcessExit += Restore;
        MakeRaw(&settings);
        if (tcsetattr(descriptor, (int)TCSANOW, &settings) == 0) return;
        LinuxException failure = LinuxException.FromLastError("tcsetattr");
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        throw failure;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        Restore(null, EventArgs.Empty);
    }

    // At once, and not when all is shown: nobody may look at it any more.
    private void Restore(object? sender, EventArgs e)
    {
        fixed (termios* before = &_before) _ = tcsetattr(_descriptor, (int)TCSANOW, before);
    }

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(termios* settings);
}
