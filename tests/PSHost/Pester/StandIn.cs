using System.Management.Automation.Runspaces;
using LayerPS.TestShell.Pester.Commands;

namespace LayerPS.TestShell.Pester;

/// <summary>The commands of the stand-in, under the names that Pester gives them.</summary>
internal static class StandIn
{
    internal static void AddTo(InitialSessionState state)
    {
        // The engine wants a verb in a cmdlet's name, so Pester's words are aliases.
        Add<TestBlockCommand>(state, "Add-TestBlock", "Describe", "Context");
        Add<TestCaseCommand>(state, "Add-TestCase", "It");
        Add<TestBeforeAllCommand>(state, "Add-TestBeforeAll", "BeforeAll");
        Add<TestBeforeEachCommand>(state, "Add-TestBeforeEach", "BeforeEach");
        Add<TestAfterEachCommand>(state, "Add-TestAfterEach", "AfterEach");
        Add<TestAfterAllCommand>(state, "Add-TestAfterAll", "AfterAll");
        Add<TestDiscoveryCommand>(state, "Invoke-TestDiscovery", "BeforeDiscovery");
        Add<ShouldCommand>(state, "Assert-Should", "Should");
        Add<SetItResultCommand>(state, "Set-ItResult");
        Add<InvokePesterCommand>(state, "Invoke-Pester");
    }

    private static void Add<TCommand>(InitialSessionState state, string name, params string[] aliases)
    {
        state.Commands.Add(new SessionStateCmdletEntry(name, typeof(TCommand), helpFileName: null));
        foreach (var alias in aliases)
            state.Commands.Add(new SessionStateAliasEntry(alias, name));
    }
}
