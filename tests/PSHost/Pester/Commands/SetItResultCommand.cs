using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>Set-ItResult -Skipped: the test ends here, and is reported so.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public SwitchParameter Skipped { get; set; }

    [Parameter]
    public string? Because { get; set; }

    protected override void ProcessRecord() => throw new TestSkippedException(Because);
}
