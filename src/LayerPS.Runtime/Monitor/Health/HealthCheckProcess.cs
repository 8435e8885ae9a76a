using System.Globalization;
using System.Text;
using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// One run of a health command. It is what <c>Invoke-ContainerCommand</c> runs, watched by a supervisor of its own: the
/// monitor cannot enter the container's namespace of processes, or what it starts next would be born there.
/// </summary>
internal sealed class HealthCheckProcess
{
    private const int StandardInput = 0, StandardOutput = 1;
    private const int KeptOutput = 4096;
    private const int None = -1;

    private readonly PollLoop _loop;
    private readonly Action<HealthCheckResult> _ended;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly long _began = Environment.TickCount64;
    private readonly byte[] _output = new byte[KeptOutput];
    private int _supervisor;

    // The ends of the pipes that stay here, and those that the supervisor opens; -1 for none any more.
    private int _process = None, _life = None, _said = None, _answer = None, _outputEnd = None, _answerEnd = None;
    private int _length;
    private string? _expiry;

    private HealthCheckProcess(PollLoop loop, Action<HealthCheckResult> ended) => (_loop, _ended) = (loop, ended);

    /// <param name="loop">Where it waits.</param>
    /// <param name="command">The command.</param>
    /// <param name="container">The container's process.</param>
    /// <param name="ended">Called once, unless it is abandoned before.</param>
    internal static HealthCheckProcess Start(
        PollLoop loop, IReadOnlyList<string> command, int container, Action<HealthCheckResult> ended)
    {
        HealthCheckProcess check = new(loop, ended);
        try
        {
            check.Start(command, container);
            return check;
        }
        catch
        {
            check.Close();
            throw;
        }
    }

    private void Start(IReadOnlyList<string> command, int container)
    {
        (_answer, _answerEnd) = Descriptors.Pipe();
        (_said, _outputEnd) = Descriptors.Pipe();
        byte[] plan = HealthCommand.Line(command, container, _outputEnd, _answerEnd);
        (int planEnd, _life) = Descriptors.Pipe();
        _supervisor = StartSupervisor(planEnd, _answerEnd);
        Descriptors.Close(planEnd);
        _process = ProcessHandle.OpenDescriptor(_supervisor);
        Say(plan);
        _loop.Watch(_answer, TakeAnswer, LibC.POLLIN);
        _loop.Watch(_said, ReadOutput, LibC.POLLIN);
        _loop.Watch(_process, Finish, LibC.POLLIN);
    }

    /// <summary>Has the command ended, as it took too long.</summary>
    internal void Expire(TimeSpan timeout)
    {
        _expiry = string.Create(
            CultureInfo.InvariantCulture, $"The health command did not end in {timeout.TotalSeconds} seconds.");
        // The supervisor does the rest.
        Close(ref _life);
    }

    /// <summary>Leaves it: the container has ended, and with it the command.</summary>
    internal void Abandon()
    {
        _ = LibC.kill(_supervisor, LibC.SIGKILL);
        _ = ChildStatus.Wait(_supervisor);
        Close();
    }

    // It stands in for this process's own input and output for the moment: those are /dev/null.
    private static int StartSupervisor(int plan, int answer)
    {
        int nothing = Descriptors.Open("/dev/null", LibC.O_RDWR);
        try
        {
            Descriptors.Duplicate(plan, StandardInput);
            Descriptors.Duplicate(answer, StandardOutput);
            return ChildProcess.Start("/proc/self/exe", ["layerps-runtime", "execute"], [], namespaces: 0, cgroup: -1);
        }
        finally
        {
            Descriptors.Duplicate(nothing, StandardInput);
            Descriptors.Duplicate(nothing, StandardOutput);
            Descriptors.Close(nothing);
        }
    }

    private void Say(byte[] line)
    {
        try
        {
            Descriptors.WriteAll(_life, line);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EPIPE)
        {
            // It has ended, and its answer says why.
        }
    }

    // By then the command has its own ends of the pipes. What is in the answer is read at the end.
    private void TakeAnswer()
    {
        _loop.Forget(_answer);
        CloseEnds();
    }

    private void ReadOutput()
    {
        Span<byte> rest = stackalloc byte[KeptOutput];
        int count = _length < KeptOutput
            ? Descriptors.Read(_said, _output.AsSpan(_length))
            : Descriptors.Read(_said, rest);
        if (count == 0) _loop.Forget(_said);
        _length = Math.Min(KeptOutput, _length + count);
    }

    private void Finish()
    {
        int status = ChildStatus.Wait(_supervisor);
        CloseEnds();
        while (_length < KeptOutput && DescriptorPoll.Wait([_said], TimeSpan.Zero, CancellationToken.None))
        {
            int before = _length;
            ReadOutput();
            if (_length == before) break;
        }

        (int? exitCode, string output) = Describe(status);
        Close();
        _ended(new HealthCheckResult
        {
            Started = _started,
            Duration = TimeSpan.FromMilliseconds(Environment.TickCount64 - _began),
            ExitCode = exitCode,
            Output = output,
        });
    }

    private (int? ExitCode, string Output) Describe(int status)
    {
        if (_expiry is not null) return (null, _expiry);
        if (ChildStatus.SignalOf(status) != 0) return (null, "The program that watched the health command was killed.");
        Span<byte> answer = stackalloc byte[KeptOutput];
        int length = DescriptorPoll.Wait([_answer], TimeSpan.Zero, CancellationToken.None) ? Descriptors.Read(_answer, answer) : 0;
        string said = Encoding.UTF8.GetString(answer[..length]);
        var start = ExecutionStart.Parse(said.Length == 0 ? null : said.Split('\n')[0]);
        return start.Error is { } error
            ? (start.ExitCode, error)
            : (ChildStatus.ExitCodeOf(status), Encoding.UTF8.GetString(_output, 0, _length));
    }

    private void CloseEnds()
    {
        Close(ref _answerEnd);
        Close(ref _outputEnd);
    }

    private void Close()
    {
        CloseEnds();
        Close(ref _answer);
        Close(ref _said);
        Close(ref _process);
        Close(ref _life);
    }

    private void Close(ref int descriptor)
    {
        if (descriptor == None) return;
        _loop.Forget(descriptor);
        Descriptors.Close(descriptor);
        descriptor = None;
    }
}
