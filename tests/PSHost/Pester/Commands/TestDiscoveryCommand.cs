using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>BeforeDiscovery: runs at once, and what it defines is there for the rest of discovery.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestDiscovery")]
public sealed class TestDiscoveryCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock? ScriptBlock { get; set; }

    protected override void ProcessRecord()
    {
        Discovery.CurrentBlock(MyInvocation.InvocationName);
        new UserScope(this).Dot(ScriptBlock!, null);
    }
}
