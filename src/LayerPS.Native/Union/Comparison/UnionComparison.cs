using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Union;

/// <summary>
/// Compares two stacks of layers by what their unions show. Layers that both have at their base differ in nothing, and are
/// not looked at.
/// </summary>
internal sealed class UnionComparison : IDisposable
{
    private readonly UnionMount? _before;
    private readonly UnionMount? _after;
    private readonly List<SafeFileHandle> _layers = [];

    /// <param name="before">The directories of the one stack's layers, the base first; none for nothing.</param>
    /// <param name="after">Those of the other.</param>
    private UnionComparison(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        try
        {
            _before = Mount(before);
            _after = Mount(after);
            int shared = before.Zip(after).TakeWhile(static pair => pair.First == pair.Second).Count();
            foreach (string layer in before.Skip(shared).Concat(after.Skip(shared)))
                _layers.Add(FileTree.OpenDirectory(layer));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="UnionComparison(IReadOnlyList{string}, IReadOnlyList{string})"/>
    /// <exception cref="LinuxException">A layer is missing, or something cannot be read.</exception>
    internal static IEnumerable<ImageChange> Run(
        IReadOnlyList<string> before, IReadOnlyList<string> after, CancellationToken cancellationToken)
    {
        if (before.SequenceEqual(after)) yield break;
        using UnionComparison comparison = new(before, after);
        foreach (ImageChange change in comparison.Changes(cancellationToken)) yield return change;
    }

    public void Dispose()
    {
        _before?.Dispose();
        _after?.Dispose();
        foreach (SafeFileHandle layer in _layers) layer.Dispose();
    }

    private IEnumerable<ImageChange> Changes(CancellationToken cancellationToken)
    {
        FileComparison? files = _before is null || _after is null
            ? null
            : new FileComparison(_before.Handle, _after.Handle, cancellationToken);
        TreePair trees = new(_before?.Handle, _after?.Handle, _layers, hideWhiteouts: true);
        foreach (FilePair pair in trees.Walk(cancellationToken))
        {
            FileAspects aspects = pair is { Before: { } old, After: { } young }
                ? files!.Compare(pair.Path, old, young)
                : FileAspects.Kind;
            if (aspects != FileAspects.None) yield return Describe(pair, aspects);
        }
    }

    private ImageChange Describe(in FilePair pair, FileAspects aspects)
    {
        FileState? old = pair.Before is { } before ? FileStates.Read(_before!.Handle, pair.Path, before) : null;
        FileState? young = pair.After is { } after ? FileStates.Read(_after!.Handle, pair.Path, after) : null;
        return new ImageChange
        {
            Kind = old is null ? ChangeKind.Added : young is null ? ChangeKind.Deleted : ChangeKind.Modified,
            Path = "/" + ByteText.Display(pair.Path),
            Size = (young ?? old)!.Size,
            Aspects = old is null || young is null ? FileAspects.None : aspects,
            Before = old,
            After = young,
        };
    }

    private static UnionMount? Mount(IReadOnlyList<string> layers) => layers.Count == 0
        ? null
        : UnionMount.Create([.. layers.Reverse()], null, null, UnionMountOptions.Default);
}
