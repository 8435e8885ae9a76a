using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using LayerPS.Views;

namespace LayerPS.Abstractions;

/// <summary>
/// Engine work on a thread of its own. PowerShell takes output only from the pipeline's thread, so that one waits here
/// and writes what the work reports.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Work that was left behind still looks at them.")]
public sealed class BackgroundWork : IProgress<long>
{
    // Who posts faster than the pipeline takes it waits, rather than filling the memory.
    private const int PendingActions = 1000;

    private const long ProgressMilliseconds = 100;

    // Work that waits for the kernel, as on a pipe that nobody writes to, cannot be cancelled; it is left behind.
    private static readonly TimeSpan PatienceAfterStop = TimeSpan.FromMilliseconds(700);

    private readonly Cmdlet _command;
    private readonly ProgressRecord _progress;
    private readonly long? _totalBytes;
    private readonly CancellationTokenSource _stop;
    private readonly BlockingCollection<Action> _actions = new(PendingActions);
    private bool _progressIsShown;
    private long _nextProgress = Environment.TickCount64 + ProgressMilliseconds;

    internal BackgroundWork(Cmdlet command, ProgressRecord progress, long? totalBytes, CancellationToken stopping)
    {
        _command = command;
        _progress = progress;
        _totalBytes = totalBytes;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        StopToken = _stop.Token;
    }

    /// <summary>Cancelled when nobody waits for the work any more.</summary>
    public CancellationToken StopToken { get; }

    /// <summary>How many bytes are done by now; shown from time to time. Any thread may call it.</summary>
    public void Report(long value)
    {
        long now = Environment.TickCount64, next = Interlocked.Read(ref _nextProgress);
        if (now < next) return;
        if (Interlocked.CompareExchange(ref _nextProgress, now + ProgressMilliseconds, next) == next)
            Post(() => ShowProgress(value));
    }

    /// <summary>Has a warning written. Any thread may call it.</summary>
    public void Warn(string message) => Post(() => _command.WriteWarning(message));

    /// <summary>Has something done on the pipeline's thread, where it may write; any thread may call it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for the work any more.</exception>
    public void Post(Action action) => _actions.Add(action, StopToken);

    internal T Run<T>(Func<BackgroundWork, T> work)
    {
        T? result = default;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = work(this);
            }
            catch (Exception e)
            {
                failure = e;
            }
            finally
            {
                _actions.CompleteAdding();
            }
        })
        {
            IsBackground = true,
            Name = _progress.Activity,
        };
        thread.Start();
        try
        {
            foreach (Action action in _actions.GetConsumingEnumerable(StopToken)) action();
            thread.Join();
        }
        finally
        {
            _stop.Cancel();
            thread.Join(PatienceAfterStop);
            HideProgress();
        }

        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return result!;
    }

    private void ShowProgress(long bytes)
    {
        _progress.StatusDescription = _totalBytes is { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{ViewText.Size(bytes)} of {ViewText.Size(total)}")
            : ViewText.Size(bytes);
        _progress.PercentComplete = _totalBytes is > 0 ? (int)Math.Min(100, bytes * 100 / _totalBytes.Value) : -1;
        _command.WriteProgress(_progress);
        _progressIsShown = true;
    }

    private void HideProgress()
    {
        if (!_progressIsShown || _command.Stopping) return;
        _progress.RecordType = ProgressRecordType.Completed;
        _command.WriteProgress(_progress);
    }
}
