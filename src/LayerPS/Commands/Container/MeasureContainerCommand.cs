using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Containers;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Measure-Container: what running containers use of their host.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Container")]
[Alias("Stats-Container")]
[OutputType(typeof(ContainerStatistics))]
public sealed class MeasureContainerCommand : EngineCommand
{
    private readonly List<Container> _wanted = [];

    /// <summary>The containers; all that run where this is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <summary>Over how many seconds it is measured.</summary>
    [Parameter(Position = 1)]
    public double Interval { get; set; } = 1;

    /// <summary>Measures again and again, until the containers end.</summary>
    [Parameter]
    public SwitchParameter Continuous { get; set; }

    private bool IsOfAll => !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Container));

    /// <inheritdoc/>
    protected override void Process() => AttemptEach(Container, identity => AttemptEach(identity.Resolve(Engine.Containers), Add));

    /// <inheritdoc/>
    protected override void End()
    {
        if (IsOfAll || _wanted.Count > 0)
            WriteEach(Engine.Containers.Measure(IsOfAll ? null : _wanted, Interval, Continuous, StopToken));
    }

    private void Add(Container container)
    {
        ContainerStateRules.Require(container, ContainerAction.Signal);
        _wanted.Add(container);
    }
}
