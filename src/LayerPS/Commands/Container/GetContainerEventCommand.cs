using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Get-ContainerEvent: what happened to the containers, and what happens.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerEvent")]
[OutputType(typeof(ContainerEvent))]
public sealed class GetContainerEventCommand : EngineCommand
{
    private readonly List<string> _wanted = [];

    /// <summary>Only what happened to these; they need not be there any more.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <summary>Only what happened at or after that time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Goes on with what happens from now on.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _wanted.AddRange(Container.Select(static identity => identity.ToString()));

    /// <inheritdoc/>
    protected override void End()
    {
        // A pipeline that gave no container asks for none of them.
        if (MyInvocation.ExpectingInput && _wanted.Count == 0) return;
        ContainerEventOptions options = new() { Containers = _wanted, Since = Since, Follow = Follow };
        if (Follow) RunInBackground("Following the containers", null, work => Post(work, options));
        else WriteEach(Engine.ReadEvents(options, StopToken));
    }

    private bool Post(BackgroundWork work, ContainerEventOptions options)
    {
        foreach (ContainerEvent happened in Engine.ReadEvents(options, work.StopToken)) work.Post(() => WriteObject(happened));
        return true;
    }
}
