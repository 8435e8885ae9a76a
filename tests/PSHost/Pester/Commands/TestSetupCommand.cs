using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>BeforeAll, BeforeEach, AfterEach and AfterAll, which differ in when they run alone.</summary>
public abstract class TestSetupCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock? Scriptblock { get; set; }

    internal abstract ScriptBlock? this[TestBlock block] { get; set; }

    protected override void ProcessRecord()
    {
        var name = MyInvocation.InvocationName;
        var block = Discovery.CurrentBlock(name);
        if (this[block] is not null)
            throw new PSInvalidOperationException($"This block has a {name} already. Put both into one.");
        this[block] = Scriptblock;
    }
}
