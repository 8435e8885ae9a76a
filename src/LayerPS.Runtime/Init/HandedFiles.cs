using System.Globalization;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// What a container with users of its own may not open: its configuration, its root, and what is mounted into it. The
/// monitor sends them in the order in which they are needed.
/// </summary>
internal sealed class HandedFiles(int socket)
{
    /// <summary>The next one; sleeps until it is there.</summary>
    /// <exception cref="EndOfStreamException">The monitor could not open it.</exception>
    internal SafeFileHandle Next() => new(Receive(), ownsHandle: true);

    /// <summary>As <see cref="Next"/>, for whoever closes it himself.</summary>
    internal int Receive() => LocalSockets.ReceiveDescriptor(socket);

    /// <summary>Opens all of it and sends it, in the order in which <see cref="InitProcess"/> takes it.</summary>
    /// <param name="socket">The other end.</param>
    /// <param name="pid">A process in the container's user namespace.</param>
    internal static void Send(int socket, int pid)
    {
        RuntimeSpec spec = RuntimeSpecReader.Read(SmallFile.Read(ContainerFiles.Configuration));
        Send(socket, Open(ContainerFiles.Configuration, LibC.O_RDONLY));
        using SafeFileHandle space = Open(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/user"), LibC.O_RDONLY);
        (List<string> lowers, string? upper, string? work, UnionMountOptions options) =
            RootFileSystem.Read(spec.Mounts[0]);
        Send(socket, MappedUnion.Mount(
            lowers, upper!, work!, options, space.Number(), spec.Linux.UidMappings![0].HostID));
        foreach (RuntimeMount mount in spec.Mounts.Skip(1))
        {
            if (MountOptions.Parse(mount) is { Bind: true } how) Send(socket, Bind(mount, how, space.Number()));
        }
    }

    private static SafeFileHandle Bind(RuntimeMount mount, MountOptions options, int userNamespace)
    {
        SafeFileHandle bound = ContainerMount.Bind(mount, options);
        try
        {
            Mounts.MapUsers(bound, userNamespace, options.Recursive);
            return bound;
        }
        catch (LinuxException failure)
        {
            bound.Dispose();
            throw new IOException(
                $"The file system of '{mount.Source}', mounted on '{mount.Destination}', cannot show its files to a " +
                $"container with users of its own: {failure.Message}", failure);
        }
    }

    private static SafeFileHandle Open(string path, int flags) => new(Descriptors.Open(path, flags), ownsHandle: true);

    private static void Send(int socket, SafeFileHandle file)
    {
        using (file) LocalSockets.SendDescriptor(socket, file.Number());
    }
}
