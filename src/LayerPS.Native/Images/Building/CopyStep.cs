using System.Globalization;
using System.Text;
using LayerPS.Archives;
using LayerPS.Dockerfiles;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>COPY and ADD: files of the context, of a stage, of an image, of the Dockerfile itself, or of the web.</summary>
internal sealed class CopyStep : IBuildLayer, IDisposable
{
    private const uint TextMode = 420; // rw-r--r--

    private readonly ImageBuild _build;
    private readonly StageState _state;
    private readonly CopyInstruction _instruction;
    private readonly SourceTree _tree;
    private readonly List<CopySource> _sources = [];
    private readonly List<RemoteFile> _remote = [];
    private readonly List<(string Name, byte[] Content)> _texts = [];
    private readonly List<PathPattern> _excludes;
    private readonly string _destination;
    private readonly string? _owner;
    private readonly uint? _mode;
    private string? _digest;

    private CopyStep(ImageBuild build, StageState state, CopyInstruction copy)
    {
        _build = build;
        _state = state;
        _instruction = copy;
        WordExpansion expansion = state.Expansion;
        _tree = build.SourceOf(copy.From, state.Stage);
        _destination = expansion.Expand(copy.Destination);
        _owner = copy.Owner is null ? null : expansion.Expand(copy.Owner);
        _mode = copy.Mode is null ? null : ModeOf(copy.Mode, expansion.Expand(copy.Mode));
        _excludes = [.. copy.Excludes.Select(word => new PathPattern(PathPattern.Clean(expansion.Expand(word))))];
        foreach (HereDocument document in copy.HereDocuments)
            _texts.Add((document.Name, Encoding.UTF8.GetBytes(expansion.ExpandDocument(document, copy.Line))));
    }

    private bool IsWholeDirectory => _sources.Any(static source => source.Status.IsDirectory);

    public IEnumerable<string> KeyParts =>
    [
        _destination, _state.WorkingDirectory, _owner ?? "", _mode?.ToString(CultureInfo.InvariantCulture) ?? "", Digest(),
    ];

    /// <exception cref="EngineException">
    /// DockerfileInvalid, BuildSourceNotFound, BuildSourceRefused, BuildUnsupported.
    /// </exception>
    internal static CopyStep Make(ImageBuild build, StageState state, CopyInstruction copy)
    {
        CopyStep step = new(build, state, copy);
        try
        {
            foreach (Word word in copy.Sources) step.AddSource(word, state.Expansion.Expand(word));
            return step;
        }
        catch
        {
            step.Dispose();
            throw;
        }
    }

    public StagedLayer Make()
    {
        using UnionWorkspace workspace = new(_build.Layout, _state.Image, _instruction.Link);
        (uint Uid, uint Gid)? owner = ReadOwner(workspace);
        if (owner is null && _tree.IsContext) owner = (0, 0);
        TreeWriter writer = new(workspace.Root, new CopyAttributes(owner?.Uid, owner?.Gid, _mode));
        byte[] to = Encoding.UTF8.GetBytes(PathPattern.Clean(_state.PathOf(_destination)));
        int count = _sources.Count + _remote.Count + _texts.Count;
        bool intoDirectory = _destination.EndsWith('/') || _destination is "." or ".." || count > 1
            || _instruction.Parents || writer.IsDirectory(to);
        if (IsWholeDirectory || intoDirectory) writer.MakeDirectories(to);
        CopyWalk walk = new(_tree, _excludes, writer, _build.Stop);
        foreach (CopySource source in _sources)
        {
            if (IsUnpacked && LocalArchive.TryUnpack(source, workspace.Root, to, _build)) continue;
            walk.Run(source, TargetOf(source, to, intoDirectory), contentOnly: !_instruction.Parents);
        }

        FileTime now = new((_build.Timestamp ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds(), 0);
        foreach ((string name, byte[] content) in _texts)
            writer.AddText(intoDirectory ? Below(to, name) : to, content, TextMode, now);
        foreach (RemoteFile file in _remote) file.CopyTo(writer, intoDirectory ? Below(to, file.Name) : to, now);
        return workspace.Stage(_build);
    }

    public void Dispose()
    {
        foreach (CopySource source in _sources) source.Dispose();
        foreach (RemoteFile file in _remote) file.Dispose();
    }

    // The names of users are the image's, also where its files are not seen.
    private (uint Uid, uint Gid)? ReadOwner(UnionWorkspace workspace)
    {
        if (_owner is null) return null;
        if (!_instruction.Link || _state.Image is null)
            return OwnerText.Read(_instruction.Owner!, _owner, workspace.Root);
        using SourceTree image = SourceTree.OfImage(_state.Image);
        return OwnerText.Read(_instruction.Owner!, _owner, image.Root);
    }

    private bool IsUnpacked => _instruction.IsAdd && _instruction.Unpack != false;

    private void AddSource(Word word, string text)
    {
        bool isRemote = text.Contains("://", StringComparison.Ordinal) || text.StartsWith("git@", StringComparison.Ordinal);
        if (!isRemote || !_instruction.IsAdd)
        {
            if (_instruction.Checksum is { } checksum) throw checksum.Fault("--checksum is for sources of http:// and https://");
            _sources.AddRange(_tree.Find(_instruction.Parents ? text.Replace("/./", "/", StringComparison.Ordinal) : text));
            return;
        }

        if (_instruction.Unpack == true) throw word.Fault("ADD --unpack of a source from the web is not supported");
        string? expected = _instruction.Checksum is null ? null : _state.Expansion.Expand(_instruction.Checksum);
        _remote.Add(RemoteFile.Fetch(_build, word, text, expected));
    }

    private byte[] TargetOf(CopySource source, byte[] to, bool intoDirectory)
    {
        if (_instruction.Parents) return Below(to, PathBehindPivot(source.Path));
        return source.Status.IsDirectory || !intoDirectory ? to : Below(to, source.Name);
    }

    // --parents keeps the directories behind "/./" where a source has that, else all of them.
    private string PathBehindPivot(string path)
    {
        foreach (Word word in _instruction.Sources)
        {
            string text = _state.Expansion.Expand(word);
            int pivot = text.IndexOf("/./", StringComparison.Ordinal);
            string before = pivot < 0 ? "" : PathPattern.Clean(text[..pivot]) + '/';
            if (before.Length > 1 && path.StartsWith(before, StringComparison.Ordinal)) return path[before.Length..];
        }

        return path;
    }

    private static byte[] Below(byte[] directory, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return directory.Length == 0 ? bytes : EntryName.Join(directory, bytes);
    }

    private string Digest()
    {
        if (_digest is not null) return _digest;
        using CopyDigest digest = new(owners: !_tree.IsContext && _owner is null);
        CopyWalk walk = new(_tree, _excludes, digest, _build.Stop);
        foreach (CopySource source in _sources)
            walk.Run(source, Encoding.UTF8.GetBytes(_instruction.Parents ? source.Path : source.Name), contentOnly: false);
        foreach ((string name, byte[] content) in _texts)
        {
            digest.Add(Encoding.UTF8.GetBytes(name));
            digest.Add(content);
        }

        foreach (RemoteFile file in _remote) digest.Add(Encoding.UTF8.GetBytes(file.Name + file.Digest));
        return _digest = digest.Finish();
    }

    private static uint ModeOf(Word word, string text)
    {
        bool isOctal = text.Length is > 0 and <= 5 && text.All(static c => c is >= '0' and <= '7');
        return isOctal
            ? Convert.ToUInt32(text, 8) & 0xfff
            : throw word.Fault($"--chmod wants octal digits such as 0755; '{text}' is not supported");
    }
}
