using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>Which signals reach this thread, see signal(7). What is executed inherits it, and so do new threads.</summary>
internal static unsafe class SignalMask
{
    internal static void BlockAll()
    {
        sigset_t all;
        _ = LibC.sigfillset(&all);
        _ = LibC.pthread_sigmask(LibC.SIG_SETMASK, &all, null);
    }

    internal static void BlockNone()
    {
        sigset_t none;
        _ = LibC.sigemptyset(&none);
        _ = LibC.pthread_sigmask(LibC.SIG_SETMASK, &none, null);
    }

    /// <summary>Sleeps until this process, all of whose threads block all signals, is sent one.</summary>
    /// <returns>Its number.</returns>
    internal static int Await()
    {
        sigset_t all;
        _ = LibC.sigfillset(&all);
        int signal;
        while (LibC.sigwait(&all, &signal) != 0)
        {
        }

        return signal;
    }
}
