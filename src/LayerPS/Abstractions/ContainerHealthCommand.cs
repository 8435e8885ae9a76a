using System.Management.Automation;
using LayerPS.Arguments;
using LayerPS.Containers;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that say how a container's health is found out.</summary>
public abstract class ContainerHealthCommand : ContainerLimitCommand
{
    /// <summary>The command that passes while the container is well: words, or one line for the shell.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("HealthCmd")]
    [ValidateNotNullOrEmpty]
    [CommandArgument]
    public string[]? HealthCommand { get; set; }

    /// <summary>How many seconds go by from the end of one check to the next.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument]
    public double? HealthInterval { get; set; }

    /// <summary>How many seconds one check may take.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument]
    public double? HealthTimeout { get; set; }

    /// <summary>How many checks in a row have to fail for the container to be unhealthy.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? HealthRetries { get; set; }

    /// <summary>For how many seconds after the start failures do not count.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument]
    public double? HealthStartPeriod { get; set; }

    /// <summary>How many seconds go by between checks in that time.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument]
    public double? HealthStartInterval { get; set; }

    /// <summary>No health command, also where the image has one.</summary>
    [Parameter]
    public SwitchParameter NoHealthCheck { get; set; }

    /// <summary>What was asked for; where nothing was, what is given.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    protected ImageHealthcheck? HealthCheckOver(ImageHealthcheck? given)
    {
        if (NoHealthCheck)
        {
            return HealthCommand is null
                ? HealthCheckRules.None
                : throw new EngineException(
                    EngineErrors.ContainerOptionInvalid, "-HealthCommand and -NoHealthCheck contradict each other.");
        }

        return new ImageHealthcheck
        {
            Test = HealthCommand switch
            {
                null => given?.Test ?? [],
                [var line] => [HealthCheckRules.ShellLine, line],
                _ => [HealthCheckRules.Words, .. HealthCommand],
            },
            Interval = Time(HealthInterval) ?? given?.Interval,
            Timeout = Time(HealthTimeout) ?? given?.Timeout,
            StartPeriod = Time(HealthStartPeriod) ?? given?.StartPeriod,
            StartInterval = Time(HealthStartInterval) ?? given?.StartInterval,
            Retries = HealthRetries ?? given?.Retries,
        };
    }

    // What is longer than there can be is refused like what is too long.
    private static TimeSpan? Time(double? seconds) => seconds is not { } given ? null
        : double.IsNaN(given) ? TimeSpan.MinValue
        : TimeSpan.FromSeconds(Math.Clamp(given, -1e9, 1e9));
}
