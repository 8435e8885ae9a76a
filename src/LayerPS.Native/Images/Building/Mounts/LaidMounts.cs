using System.Text;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>What one container of a step has mounted, as long as it runs.</summary>
internal sealed class LaidMounts(StoreLayout layout) : IDisposable
{
    private const string Environment = "/run/.layerps-environment";
    private const uint AnyoneReads = 292; // r--r--r--

    private readonly List<ContainerMount> _mounts = [];
    private readonly List<IDisposable> _held = [];
    private readonly StringBuilder _variables = new();
    private StagedDirectory? _secrets;
    private int _secretCount;

    internal IReadOnlyList<ContainerMount> Mounts => _mounts;

    internal void Add(ContainerMount mount, IDisposable? held = null)
    {
        _mounts.Add(mount);
        if (held is not null) _held.Add(held);
    }

    /// <summary>Mounts a file with this content, which is in memory and goes with the step.</summary>
    internal void AddSecret(string target, byte[] content, uint mode, uint uid, uint gid)
    {
        _secrets ??= SecretArea.Create(layout);
        string path = Path.Combine(_secrets.Path, $"{_secretCount++}");
        using (SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            FileContent.Write(file, content);
            FileOwnership.SetOwner(file, uid, gid);
            FileOwnership.SetMode(file, mode);
        }

        Add(new ContainerMount { Type = ContainerMountType.Bind, Source = path, Destination = target, ReadOnly = true });
    }

    /// <summary>
    /// Gives the command a variable. It stands in a file like a secret's, for what a container's record says is on disk.
    /// </summary>
    internal void AddVariable(string name, string value) => _variables.Append(
        System.Globalization.CultureInfo.InvariantCulture,
        $"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'\n");

    /// <summary>Mounts what was added as variables; nothing is added after this.</summary>
    internal void Complete()
    {
        if (_variables.Length > 0) AddSecret(Environment, Encoding.UTF8.GetBytes(_variables.ToString()), AnyoneReads, 0, 0);
    }

    /// <summary>The command, with the variables.</summary>
    internal IReadOnlyList<string> Around(IReadOnlyList<string> command) => _variables.Length == 0
        ? command
        : ["/bin/sh", "-c", $". {Environment}; exec \"$@\"", "sh", .. command];

    public void Dispose()
    {
        foreach (IDisposable held in _held) held.Dispose();
        _secrets?.Dispose();
    }
}
