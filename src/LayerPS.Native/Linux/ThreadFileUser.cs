namespace LayerPS.Linux;

/// <summary>As whom this thread alone makes files, see setfsuid(2).</summary>
internal static class ThreadFileUser
{
    private const nint Ask = -1;

    /// <summary>
    /// Makes files as that user and group, and keeps all rights. For a thread that ends with what it does.
    /// </summary>
    internal static void Become(uint user, uint group)
    {
        _ = SystemCall.Invoke(SystemCall.SetFileGroup, (nint)group);
        _ = SystemCall.Invoke(SystemCall.SetFileUser, (nint)user);
        bool isSo = SystemCall.Invoke(SystemCall.SetFileGroup, Ask) == group &&
            SystemCall.Invoke(SystemCall.SetFileUser, Ask) == user;
        if (!isSo) throw new LinuxException("setfsuid", "", Tmds.Linux.LibC.EPERM);
        Capabilities.Raise();
    }
}
