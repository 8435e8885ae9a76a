using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LayerPS.Containers;

/// <summary>When a container whose process has ended is started again, and how often.</summary>
/// <param name="Condition">After which ends.</param>
/// <param name="MaximumRetries">For <see cref="RestartCondition.OnFailure"/>: how often at most; 0 for ever again.</param>
internal sealed record RestartPolicy(RestartCondition Condition, int MaximumRetries = 0)
{
    internal static readonly RestartPolicy Never = new(RestartCondition.No);

    /// <summary>What can be written, without a number.</summary>
    internal static string[] Names => Enum.GetNames<RestartCondition>();

    /// <param name="text">No, Always, UnlessStopped, OnFailure or OnFailure:3; docker's spelling (on-failure) as well.</param>
    /// <param name="policy">The policy.</param>
    internal static bool TryParse(string text, [NotNullWhen(true)] out RestartPolicy? policy)
    {
        policy = null;
        string[] parts = text.Split(':', 2);
        string name = parts[0].Replace("-", "", StringComparison.Ordinal);
        int retries = 0;
        if (name.Length == 0 || !char.IsAsciiLetter(name[0])
            || !Enum.TryParse(name, ignoreCase: true, out RestartCondition condition)
            || (parts.Length == 2 && condition != RestartCondition.OnFailure)
            || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out retries)))
        {
            return false;
        }

        policy = new RestartPolicy(condition, retries);
        return true;
    }

    /// <summary>Whether the container is started again.</summary>
    /// <param name="exitCode">How it ended; null when nobody saw it, which counts as a failure.</param>
    /// <param name="restarts">How often it was started again by now.</param>
    internal bool Allows(int? exitCode, int restarts) => Condition switch
    {
        RestartCondition.OnFailure => exitCode != 0 && (MaximumRetries == 0 || restarts < MaximumRetries),
        RestartCondition.Always or RestartCondition.UnlessStopped => true,
        _ => false,
    };

    /// <inheritdoc/>
    public override string ToString() => MaximumRetries == 0
        ? Condition.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{Condition}:{MaximumRetries}");
}
