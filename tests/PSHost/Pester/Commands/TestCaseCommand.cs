using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>It.</summary>
[Cmdlet(VerbsCommon.Add, "TestCase")]
public sealed class TestCaseCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = string.Empty;

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock? Test { get; set; }

    [Parameter]
    [Alias("TestCases")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    [Parameter]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void ProcessRecord()
    {
        var block = Discovery.CurrentBlock(MyInvocation.InvocationName);
        if (block.Parent is null)
            throw new PSInvalidOperationException($"The test '{Name}' is in no Describe.");
        foreach (var data in TestData.Each(MyInvocation.BoundParameters.ContainsKey(nameof(ForEach)), ForEach))
            block.Items.Add(new TestCase(Name, Test!, block) { Data = data, Tags = Tag, Skip = Skip });
    }
}
