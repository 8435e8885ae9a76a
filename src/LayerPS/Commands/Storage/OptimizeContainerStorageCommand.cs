using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Views;

namespace LayerPS.Commands;

/// <summary>Optimize-ContainerStorage: removes what nothing refers to.</summary>
[Cmdlet(VerbsCommon.Optimize, "ContainerStorage", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerStorageItem))]
[Alias("Prune-ContainerStorage")]
public sealed class OptimizeContainerStorageCommand : EngineCommand
{
    /// <summary>Also images with names that no container was made from.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Also volumes without a name that no container has; with -All, those with a name as well.</summary>
    [Parameter]
    public SwitchParameter Volume { get; set; }

    /// <summary>Tells what went.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        IReadOnlyList<ContainerStorageItem> items = Engine.Storage.PlanOptimization(All, Volume, StopToken);
        if (items.Count == 0)
        {
            WriteVerbose($"Nothing in '{Engine.Root}' is there for nobody.");
            return;
        }

        string description = Describe(items);
        if (ShouldProcess(description, description, "Optimize-ContainerStorage", out ShouldProcessReason reason))
            items = Engine.Storage.Optimize(All, Volume, StopToken);
        else if (reason != ShouldProcessReason.WhatIf)
            return;
        if (PassThru) WriteEach(items);
    }

    private static string Describe(IReadOnlyList<ContainerStorageItem> items)
    {
        IEnumerable<string> lines = items.Select(static item => $"{item.Kind} {item}");
        string size = ViewText.Size(items.Sum(static item => item.Size));
        return string.Join("\n  ", lines.Prepend($"Remove what nothing refers to, {size} in all."));
    }
}
