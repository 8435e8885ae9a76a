using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>BeforeAll.</summary>
[Cmdlet(VerbsCommon.Add, "TestBeforeAll")]
public sealed class TestBeforeAllCommand : TestSetupCommand
{
    internal override ScriptBlock? this[TestBlock block]
    {
        get => block.BeforeAll;
        set => block.BeforeAll = value;
    }
}
