using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>AfterEach.</summary>
[Cmdlet(VerbsCommon.Add, "TestAfterEach")]
public sealed class TestAfterEachCommand : TestSetupCommand
{
    internal override ScriptBlock? this[TestBlock block]
    {
        get => block.AfterEach;
        set => block.AfterEach = value;
    }
}
