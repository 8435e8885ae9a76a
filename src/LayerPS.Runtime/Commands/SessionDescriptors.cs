using System.Globalization;
using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Commands;

/// <summary>
/// The pipes of the session that asked for a command. They are opened through its /proc/PID/fd: a session that starts
/// many programs at once would pass inherited ones to strangers as well, and then they would never end.
/// </summary>
internal sealed record SessionDescriptors(int Input, int Output, int Error, int End)
{
    /// <exception cref="InvalidOperationException">The session has ended.</exception>
    internal static SessionDescriptors Open(ExecutionPlan plan)
    {
        if (plan.Session is not { } session)
        {
            int nothing = Descriptors.Open("/dev/null", LibC.O_RDWR);
            return new SessionDescriptors(nothing, nothing, nothing, nothing);
        }

        string directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{session.Pid}/fd/");
        if (plan.Process.Terminal)
        {
            int terminal = Open(directory, session.Output, LibC.O_RDWR | LibC.O_NOCTTY);
            return Check(session, new SessionDescriptors(
                terminal, terminal, terminal, Open(directory, session.End, LibC.O_WRONLY)));
        }

        int input = session.Input is { } pipe ? Open(directory, pipe, LibC.O_RDONLY) : Descriptors.Open("/dev/null", LibC.O_RDONLY);
        return Check(session, new SessionDescriptors(
            input, Open(directory, session.Output, LibC.O_WRONLY), Open(directory, session.Error, LibC.O_WRONLY),
            Open(directory, session.End, LibC.O_WRONLY)));
    }

    // Its number was its own at least until now, so what was opened belongs to it.
    private static SessionDescriptors Check(ExecutionSession session, SessionDescriptors opened) =>
        ProcessHandle.StartTimeOf(session.Pid) == session.StartTime
            ? opened
            : throw new InvalidOperationException("The session that asked for the command has ended.");

    private static int Open(string directory, int descriptor, int flags) =>
        Descriptors.Open(directory + descriptor.ToString(CultureInfo.InvariantCulture), flags);
}
