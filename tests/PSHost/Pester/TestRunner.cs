using System.Diagnostics;
using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>The second phase: runs what discovery wrote down.</summary>
internal sealed class TestRunner(UserScope scope, TestReporter reporter, TestRun run, Func<TestCase, bool> chosen)
{
    internal void RunFile(TestBlock root)
    {
        if (root.Tests.Any(chosen))
            scope.NestScript(() => RunBlock(root));
    }

    private void RunBlock(TestBlock block)
    {
        // A block in which nothing will run is not set up either.
        if (block.Tests.Where(chosen).All(static test => test.IsSkipped))
        {
            reporter.Entered(block, block.Name);
            RunItems(block);
            return;
        }

        scope.Define(block.Data);
        var name = block.Name;
        var failure = Try(block.BeforeAll, block.Data) ?? Try(() => name = NameTemplate.Expand(name, scope));
        reporter.Entered(block, name);
        if (failure is { } error)
        {
            run.FailedBlocks++;
            reporter.BlockFailed(block, "BeforeAll", error);
            Fail(block, error);
        }
        else
        {
            RunItems(block);
        }

        if (Try(block.AfterAll, block.Data) is { } afterwards)
        {
            run.FailedBlocks++;
            reporter.BlockFailed(block, "AfterAll", afterwards);
        }
    }

    private void RunItems(TestBlock block)
    {
        foreach (var item in block.Items)
        {
            if (item is TestCase test && chosen(test))
            {
                RunTest(test);
            }
            else if (item is TestBlock inner && inner.Tests.Any(chosen))
            {
                scope.Nest(() => RunBlock(inner));
            }
        }
    }

    private void RunTest(TestCase test)
    {
        var clock = Stopwatch.StartNew();
        if (test.IsSkipped)
            test.Outcome = TestOutcome.Skipped;
        else
            scope.Nest(() => RunBody(test));
        test.Duration = clock.Elapsed;
        reporter.Ended(test);
    }

    private void RunBody(TestCase test)
    {
        scope.Define(test.Data);
        var blocks = test.Block.Ancestors.Prepend(test.Block).ToList();
        var setUps = Enumerable.Reverse(blocks).Select(b => Try(b.BeforeEach, test.Data));
        var error = setUps.OfType<Exception>().FirstOrDefault()
            ?? Try(() => test.ExpandedName = NameTemplate.Expand(test.Name, scope))
            ?? Try(test.Body, test.Data);
        var errors = blocks.Select(b => Try(b.AfterEach, test.Data)).Prepend(error).OfType<Exception>().ToList();

        var skipped = Chain(error).OfType<TestSkippedException>().FirstOrDefault();
        if (skipped is not null && errors.Count == 1)
        {
            test.Outcome = TestOutcome.Skipped;
            test.Because = skipped.Because;
            return;
        }

        test.Errors.AddRange(errors.Select(TestError.Of));
        test.Outcome = errors.Count == 0 ? TestOutcome.Passed : TestOutcome.Failed;
    }

    private void Fail(TestBlock block, Exception error)
    {
        foreach (var test in block.Tests.Where(chosen))
        {
            test.Errors.Add(TestError.Of(error));
            test.Outcome = TestOutcome.Failed;
            reporter.Ended(test);
        }
    }

    private Exception? Try(ScriptBlock? script, TestData? data) =>
        script is null ? null : Try(() => scope.Dot(script, data));

    private static Exception? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever ends a test is that test's failure.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            yield return error;
    }
}
