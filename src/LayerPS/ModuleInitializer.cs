using System.Management.Automation;

namespace LayerPS;

/// <summary>What PowerShell calls when a session imports or removes the module.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Makes the packages in <c>deps/</c> reachable.</summary>
    public void OnImport() => DependencyContext.Enter();

    /// <summary>Undoes <see cref="OnImport"/>.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => DependencyContext.Leave();
}
