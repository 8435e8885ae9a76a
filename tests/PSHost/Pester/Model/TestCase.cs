using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>One It, with one item of its -ForEach, and how it went.</summary>
internal sealed class TestCase(string name, ScriptBlock body, TestBlock block)
{
    internal string Name { get; } = name;

    internal ScriptBlock Body { get; } = body;

    internal TestBlock Block { get; } = block;

    internal TestData? Data { get; init; }

    internal IReadOnlyList<string> Tags { get; init; } = [];

    internal bool Skip { get; init; }

    /// <summary>The name with its templates filled in, once the test has begun.</summary>
    internal string ExpandedName { get; set; } = name;

    internal TestOutcome Outcome { get; set; } = TestOutcome.NotRun;

    internal List<ErrorRecord> Errors { get; } = [];

    internal string? Because { get; set; }

    internal TimeSpan Duration { get; set; }

    /// <summary>What a filter is held against: the names as written, joined with dots.</summary>
    internal string Path => Block.Parent is null ? Name : $"{Block.Path}.{Name}";

    /// <summary>Whether the test, or a block around it, is marked as not to be run here.</summary>
    internal bool IsSkipped =>
        Skip || Block.Skip || Block.Ancestors.Any(static b => b.Skip) || HasTag("Pwsh");

    private bool HasTag(string tag) =>
        Tags.Concat(Block.Tags).Concat(Block.Ancestors.SelectMany(static b => b.Tags))
            .Contains(tag, StringComparer.OrdinalIgnoreCase);
}
