using System.Management.Automation;

namespace LayerPS.Drives;

/// <summary>What Get-Content takes besides its own parameters in a drive of LayerPS.</summary>
public sealed class ContentReadParameters
{
    /// <summary>Bytes instead of text.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>The whole text as one string instead of line by line.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }
}
