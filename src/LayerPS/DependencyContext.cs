using System.Reflection;
using System.Runtime.Loader;

namespace LayerPS;

/// <summary>
/// Finds the packages that the engine uses. They lie in <c>deps/</c>, where PowerShell does not look, and are loaded
/// into a context of their own, so that another module may bring other versions of the same packages.
/// </summary>
internal static class DependencyContext
{
    private static readonly string Packages =
        Path.Combine(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location)!, "deps");

    private static readonly Lock Gate = new();
    private static int _imports;
    private static AssemblyLoadContext? _context;

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
        var path = Path.Combine(Packages, wanted.Name + ".dll");
        if (!File.Exists(path) || AssemblyName.GetAssemblyName(path).FullName != wanted.FullName)
            return null;
        lock (Gate)
        {
            _context ??= new AssemblyLoadContext("LayerPS packages");
            return _context.LoadFromAssemblyPath(path);
        }
    }
}
