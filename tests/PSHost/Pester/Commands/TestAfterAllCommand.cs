using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>AfterAll.</summary>
[Cmdlet(VerbsCommon.Add, "TestAfterAll")]
public sealed class TestAfterAllCommand : TestSetupCommand
{
    internal override ScriptBlock? this[TestBlock block]
    {
        get => block.AfterAll;
        set => block.AfterAll = value;
    }
}
