using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>The first phase: the file runs once, and its blocks and tests are written down, not run.</summary>
internal static class Discovery
{
    private static TestBlock? _current;

    /// <summary>The block that a command of the test file belongs to.</summary>
    /// <exception cref="PSInvalidOperationException">No discovery is going on.</exception>
    internal static TestBlock CurrentBlock(string command) => _current ?? throw new PSInvalidOperationException(
        $"{command} stands where tests run, or in a script that Invoke-Pester did not start. It belongs into a "
        + "*.Tests.ps1 file, outside of It and the Before and After blocks.");

    internal static void Within(TestBlock? block, Action work)
    {
        var outer = _current;
        _current = block;
        try
        {
            work();
        }
        finally
        {
            _current = outer;
        }
    }

    /// <summary>Reads a file. Its errors are the caller's.</summary>
    internal static TestBlock Discover(string path, UserScope scope)
    {
        var root = new TestBlock(Path.GetFileName(path), null);
        Within(root, () => scope.Nest(() => scope.RunFile(path)));
        return root;
    }
}
