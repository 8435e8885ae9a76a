using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Repair-ContainerStorage: finds what cannot be read or leads nowhere, sets right what it can.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "ContainerStorage", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerStorageProblem))]
public sealed class RepairContainerStorageCommand : EngineCommand
{
    private readonly HashSet<ContainerStorageProblem> _seen = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        // One repair may show what it hid.
        while (RepairAll())
        {
        }
    }

    private bool RepairAll()
    {
        bool repaired = false;
        foreach (ContainerStorageProblem problem in Engine.Storage.FindProblems(StopToken).Where(_seen.Add))
        {
            if (problem.Action is null || !ShouldProcess(problem.Path, $"{problem.Problem} {problem.Action}"))
            {
                WriteObject(problem);
                continue;
            }

            Attempt(problem.Path, () =>
            {
                WriteObject(Engine.Storage.Repair(problem, StopToken));
                repaired = true;
            });
        }

        return repaired;
    }
}
