using System.Globalization;

namespace LayerPS.Containers;

/// <summary>
/// What a health check may be, and how that of an image and what a person asks for are put together (docker's extension of
/// the image configuration, "Healthcheck").
/// </summary>
internal static class HealthCheckRules
{
    internal const string Words = "CMD", ShellLine = "CMD-SHELL", Nothing = "NONE";
    internal const int DefaultRetries = 3;

    internal static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan DefaultStartInterval = TimeSpan.FromSeconds(5);

    // The longest that poll(2) sleeps: 24 days.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>No health command, also where the image has one.</summary>
    internal static readonly ImageHealthcheck None = new() { Test = [Nothing] };

    /// <returns>With a command and every value; null for no checks.</returns>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static ImageHealthcheck? Merge(ImageConfig image, ImageHealthcheck? asked)
    {
        if (asked is not null) Check(asked);
        bool isOwn = asked is { Test.Count: > 0 };
        IReadOnlyList<string> test = isOwn ? asked!.Test : image.Healthcheck?.Test ?? [];
        if (!IsCommand(test))
        {
            if (asked is null or { Interval: null, Timeout: null, StartPeriod: null, StartInterval: null, Retries: null }) return null;
            throw Invalid("There is no health command to which these times belong: none was given, and the image has none.");
        }

        // An image's own shell is known here alone.
        if (test[0] == ShellLine && image.Shell.Count > 0) test = [Words, .. image.Shell, test[1]];
        ImageHealthcheck? given = image.Healthcheck;
        return new ImageHealthcheck
        {
            Test = test,
            Interval = asked?.Interval ?? Usable(given?.Interval) ?? DefaultInterval,
            Timeout = asked?.Timeout ?? Usable(given?.Timeout) ?? DefaultTimeout,
            StartPeriod = asked?.StartPeriod ?? Usable(given?.StartPeriod) ?? TimeSpan.Zero,
            StartInterval = asked?.StartInterval ?? Usable(given?.StartInterval) ?? DefaultStartInterval,
            Retries = asked?.Retries ?? (given?.Retries > 0 ? given.Retries : DefaultRetries),
        };
    }

    private static void Check(ImageHealthcheck asked)
    {
        if (asked.Test.Count > 0 && asked.Test is not [Nothing] && !IsCommand(asked.Test))
            throw Invalid("The health command is empty.");
        ContainerConfigMerge.CheckProcess(asked.Test, [], workingDirectory: null);
        CheckTime(asked.Interval, Shortest, "interval of the health checks");
        CheckTime(asked.Timeout, Shortest, "timeout of a health check");
        CheckTime(asked.StartInterval, Shortest, "interval of the health checks at the start");
        CheckTime(asked.StartPeriod, TimeSpan.Zero, "start period of the health checks");
        if (asked.Retries < 1) throw Invalid($"{asked.Retries} failed health checks make nothing unhealthy: give 1 or more.");
    }

    private static void CheckTime(TimeSpan? time, TimeSpan least, string name)
    {
        if (time is not { } given || (given >= least && given <= Longest)) return;
        throw Invalid(string.Create(
            CultureInfo.InvariantCulture,
            $"The {name} is {given.TotalSeconds} seconds: give {least.TotalSeconds} to {Longest.TotalSeconds:0}."));
    }

    // What an image says may be anything; zero is its word for nothing said.
    private static TimeSpan? Usable(TimeSpan? time) => time >= Shortest && time <= Longest ? time : null;

    private static bool IsCommand(IReadOnlyList<string> test) =>
        test is [Words, not "", ..] || (test is [ShellLine, var line] && !string.IsNullOrWhiteSpace(line));

    private static EngineException Invalid(string message) => new(EngineErrors.ContainerOptionInvalid, message);
}
