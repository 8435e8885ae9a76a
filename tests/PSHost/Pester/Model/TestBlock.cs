using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>A Describe or Context, or the file around them, as discovery found it.</summary>
internal sealed class TestBlock(string name, TestBlock? parent)
{
    internal string Name { get; } = name;

    internal TestBlock? Parent { get; } = parent;

    /// <summary>Tests and blocks, in the order of the file.</summary>
    internal List<object> Items { get; } = [];

    internal TestData? Data { get; init; }

    internal IReadOnlyList<string> Tags { get; init; } = [];

    internal bool Skip { get; init; }

    internal ScriptBlock? BeforeAll { get; set; }

    internal ScriptBlock? BeforeEach { get; set; }

    internal ScriptBlock? AfterEach { get; set; }

    internal ScriptBlock? AfterAll { get; set; }

    internal string Path => Parent?.Parent is null ? Name : $"{Parent.Path}.{Name}";

    internal IEnumerable<TestBlock> Ancestors
    {
        get
        {
            for (var block = Parent; block is not null; block = block.Parent)
                yield return block;
        }
    }

    /// <summary>Every test in here, however deep.</summary>
    internal IEnumerable<TestCase> Tests =>
        Items.SelectMany(static item => item is TestBlock block ? block.Tests : [(TestCase)item]);
}
