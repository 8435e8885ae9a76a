using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>BeforeEach.</summary>
[Cmdlet(VerbsCommon.Add, "TestBeforeEach")]
public sealed class TestBeforeEachCommand : TestSetupCommand
{
    internal override ScriptBlock? this[TestBlock block]
    {
        get => block.BeforeEach;
        set => block.BeforeEach = value;
    }
}
