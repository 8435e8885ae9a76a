using System.Globalization;
using System.Runtime.ExceptionServices;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Union;

/// <summary>
/// The overlay by mount(2), for kernels before 6.5. Its options share one page, which 499 paths do not fit: each
/// directory gets a link with a name of a few letters, and the mounting thread stands among the links.
/// </summary>
/// <remarks>
/// A thread of its own, in a mount namespace of its own: the current directory and the mount table are the
/// process's, and a host such as pwsh must not see either change.
/// </remarks>
internal static class ClassicOverlay
{
    internal static SafeFileHandle Mount(
        IReadOnlyList<string> lowers, string? upper, string? work, UnionMountOptions options)
    {
        string directory = Directory.CreateTempSubdirectory("layerps-union-").FullName;
        try
        {
            SafeFileHandle? mount = null;
            ExceptionDispatchInfo? failure = null;
            var thread = new Thread(() =>
            {
                try
                {
                    mount = MountAmongLinks(directory, lowers, upper, work, options);
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            });
            thread.Start();
            thread.Join();
            failure?.Throw();
            return mount!;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static SafeFileHandle MountAmongLinks(
        string directory, IReadOnlyList<string> lowers, string? upper, string? work, UnionMountOptions options)
    {
        List<string> names = [];
        foreach (string lower in lowers)
        {
            string name = names.Count.ToString("x", CultureInfo.InvariantCulture);
            File.CreateSymbolicLink(Path.Combine(directory, name), lower);
            names.Add(name);
        }

        List<string> data = ["lowerdir=" + string.Join(':', names)];
        if (upper is not null)
        {
            File.CreateSymbolicLink(Path.Combine(directory, "upper"), upper);
            File.CreateSymbolicLink(Path.Combine(directory, "work"), work!);
            data.Add("upperdir=upper,workdir=work");
        }

        foreach ((string key, string? value) in options.Pairs()) data.Add(value is null ? key : $"{key}={value}");

        const string Target = "mounted";
        Directory.CreateDirectory(Path.Combine(directory, Target));
        Namespaces.Unshare(LibC.CLONE_NEWNS);
        Mounts.MakePrivate();
        ThreadDirectory.Change(directory);
        Mounts.Mount("overlay", Target, "overlay", upper is null ? (ulong)LibC.MS_RDONLY : 0, string.Join(',', data));
        return Mounts.Clone(Target);
    }
}
