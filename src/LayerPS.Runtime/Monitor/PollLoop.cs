using System.Runtime.InteropServices;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Sleeps until a descriptor is ready or a time has come, see poll(2), and calls whoever waits for it. All on one
/// thread: the container dies with the thread that started it (PR_SET_PDEATHSIG(2const)), so there is no other.
/// </summary>
internal sealed unsafe class PollLoop
{
    private readonly List<Watched> _watched = [];
    private readonly List<Deadline> _deadlines = [];
    private pollfd* _polled;
    private int _capacity;

    /// <summary>Calls the action each time that the descriptor is ready, until <see cref="Forget"/>.</summary>
    /// <param name="descriptor">A pipe, a socket, a pidfd …</param>
    /// <param name="ready">Reads or writes it; called again and again while it is ready.</param>
    /// <param name="events">POLLIN, POLLOUT; an end or an error of the descriptor always counts.</param>
    internal void Watch(int descriptor, Action ready, short events) =>
        _watched.Add(new Watched { Descriptor = descriptor, Events = events, Ready = ready });

    /// <summary>Leaves the descriptor alone from now on; to be called before it is closed.</summary>
    internal void Forget(int descriptor)
    {
        // Those that are being called at this moment keep their places; the next round leaves this one out.
        foreach (Watched watched in _watched)
        {
            if (watched.Descriptor == descriptor) watched.Descriptor = -1;
        }
    }

    /// <summary>Calls the action once, when the time is over.</summary>
    internal Deadline After(TimeSpan time, Action due)
    {
        var deadline = new Deadline(Environment.TickCount64 + (long)time.TotalMilliseconds, due);
        _deadlines.Add(deadline);
        return deadline;
    }

    /// <summary>The action is not called any more.</summary>
    internal void Cancel(Deadline? deadline)
    {
        if (deadline is not null) _deadlines.Remove(deadline);
    }

    /// <summary>Sleeps until something is due, and calls everybody that it is due for.</summary>
    internal void RunOnce()
    {
        _watched.RemoveAll(static watched => watched.Descriptor < 0);
        int count = _watched.Count;
        Reserve(count);
        for (int i = 0; i < count; i++)
            _polled[i] = new pollfd { fd = _watched[i].Descriptor, events = _watched[i].Events };

        int ready = DescriptorPoll.Poll(_polled, count, Remaining());
        for (int i = 0; i < count && ready > 0; i++)
        {
            Watched watched = _watched[i];
            if (_polled[i].revents != 0 && watched.Descriptor >= 0) watched.Ready();
        }

        CallDue();
    }

    private void CallDue()
    {
        long now = Environment.TickCount64;
        while (_deadlines.Find(deadline => deadline.Time <= now) is { } deadline)
        {
            _deadlines.Remove(deadline);
            deadline.Due();
        }
    }

    private int Remaining()
    {
        long next = long.MaxValue;
        foreach (Deadline deadline in _deadlines) next = Math.Min(next, deadline.Time);
        return next == long.MaxValue ? -1 : (int)Math.Clamp(next - Environment.TickCount64, 0, int.MaxValue);
    }

    private void Reserve(int count)
    {
        if (count <= _capacity) return;
        _capacity = Math.Max(count, 2 * _capacity);
        _polled = (pollfd*)NativeMemory.Realloc(_polled, (nuint)(_capacity * sizeof(pollfd)));
    }

    /// <summary>A time that something waits for.</summary>
    /// <param name="Time">By the clock of <see cref="Environment.TickCount64"/>.</param>
    /// <param name="Due">What happens then.</param>
    internal sealed record Deadline(long Time, Action Due);

    private sealed class Watched
    {
        internal required int Descriptor { get; set; }

        internal required short Events { get; init; }

        internal required Action Ready { get; init; }
    }
}
