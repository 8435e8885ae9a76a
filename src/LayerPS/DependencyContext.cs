using System.Reflection;
using System.Runtime.Loader;

namespace LayerPS;

/// <summary>
/// Finds the packages that the engine uses. They lie in <c>deps/</c>, where PowerShell does not look, and are loaded into a
/// context of their own, so that another module may bring other versions of the same packages.
/// </summary>
internal static class DependencyContext
{
    private static readonly Lock Gate = new();
    private static int _imports;
    private static AssemblyLoadContext? _context;
    private static AssemblyName[] _packages = [];

    /// <summary>Begins to answer. Each runspace that imports the module calls this once.</summary>
    internal static void Enter()
    {
        lock (Gate)
        {
            if (_imports++ == 0)
                AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    /// <summary>Stops answering when the last runspace has removed the module.</summary>
    internal static void Leave()
    {
        lock (Gate)
        {
            if (_imports > 0 && --_imports == 0)
                AssemblyLoadContext.Default.Resolving -= Resolve;
        }
    }

    // Everyone's unanswered questions come here. Only those about exactly our packages are ours: handing out a near
    // version would take the question away from the module that asked it.
    private static Assembly? Resolve(AssemblyLoadContext asking, AssemblyName wanted)
    {
        lock (Gate)
        {
            if (_context is null)
            {
                _context = new AssemblyLoadContext("LayerPS packages");
                _packages = typeof(EngineException).Assembly.GetReferencedAssemblies();
            }

            if (!Array.Exists(_packages, package => package.FullName == wanted.FullName))
                return null;
            var module = Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location)!;
            var path = Path.Combine(module, "deps", wanted.Name + ".dll");
            return File.Exists(path) ? _context.LoadFromAssemblyPath(path) : null;
        }
    }
}
