using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>Describe and Context.</summary>
[Cmdlet(VerbsCommon.Add, "TestBlock")]
public sealed class TestBlockCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = string.Empty;

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock? Fixture { get; set; }

    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void ProcessRecord()
    {
        var parent = Discovery.CurrentBlock(MyInvocation.InvocationName);
        foreach (var data in TestData.Each(MyInvocation.BoundParameters.ContainsKey(nameof(ForEach)), ForEach))
        {
            var block = new TestBlock(Name, parent) { Data = data, Tags = Tag, Skip = Skip };
            parent.Items.Add(block);
            var scope = new UserScope(this);
            Discovery.Within(block, () => scope.Nest(() =>
            {
                scope.Define(data);
                scope.Dot(Fixture!, data);
            }));
        }
    }
}
