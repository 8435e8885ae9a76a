using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>
/// Mounts: the interface of descriptors (fsopen(2), fsconfig(2), fsmount(2), open_tree(2), move_mount(2),
/// mount_setattr(2)), and mount(2) for what that lacks.
/// </summary>
internal static unsafe partial class Mounts
{
    /// <summary>The call of a failure of <see cref="OpenContext"/>.</summary>
    internal const string OpenCall = "fsopen";

    /// <summary>The call of a failure of <see cref="Create"/>.</summary>
    internal const string CreateCall = "fsconfig(FSCONFIG_CMD_CREATE)";

    private const int FsOpenCloseOnExecute = 1;
    private const int FsMountCloseOnExecute = 1;
    private const int SetFlag = 0;
    private const int SetString = 1;
    private const int CommandCreate = 6;
    private const int OpenTreeClone = 1;
    private const int MoveFromEmptyPath = 4;
    private const int MoveToEmptyPath = 0x40;
    private const int AtCurrentDirectory = -100;
    private const int AtEmptyPath = 0x1000;
    private const int AtRecursive = 0x8000;

    /// <summary>MOUNT_ATTR_… of mount_setattr(2).</summary>
    internal const ulong ReadOnly = 1, NoSetUserId = 2, NoDevices = 4, NoExecute = 8, NoAccessTime = 0x10;

    private const ulong MapIds = 0x100000; // MOUNT_ATTR_IDMAP

    /// <inheritdoc cref="ReadOnly"/>
    internal const ulong StrictAccessTime = 0x20, NoDirectoryAccessTime = 0x80, NoSymbolicLinks = 0x20_0000;

    /// <summary>The bits that one of the modes of access times is in, which are set together.</summary>
    internal const ulong AccessTimeMask = 0x70;

    /// <summary>Where mounts that are made later are seen, see mount_namespaces(7): MS_UNBINDABLE and the others.</summary>
    internal const ulong Unbindable = 1 << 17, Private = 1 << 18, Slave = 1 << 19, Shared = 1 << 20;

    /// <summary>Begins the making of a file system of that type.</summary>
    internal static SafeFileHandle OpenContext(string type)
    {
        fixed (byte* name = NullTerminated.From(type))
        {
            long descriptor = SystemCall.Invoke(SystemCall.FsOpen, (nint)name, FsOpenCloseOnExecute);
            return descriptor >= 0
                ? new SafeFileHandle((nint)descriptor, ownsHandle: true)
                : throw LinuxException.FromLastError(OpenCall, type);
        }
    }

    /// <summary>Sets one option of it; a flag when the value is null.</summary>
    internal static void Configure(SafeFileHandle context, string key, string? value)
    {
        fixed (byte* name = NullTerminated.From(key))
        fixed (byte* text = value is null ? null : NullTerminated.From(value))
        {
            int command = value is null ? SetFlag : SetString;
            if (SystemCall.Invoke(SystemCall.FsConfig, context.Number(), command, (nint)name, (nint)text) < 0)
                throw Refused("fsconfig", value is null ? key : $"{key}={value}", context);
        }
    }

    /// <summary>Makes the file system and a detached mount of it, which lives as long as the handle or a mount of it.</summary>
    internal static SafeFileHandle Create(SafeFileHandle context, string type, ulong attributes = 0)
    {
        if (SystemCall.Invoke(SystemCall.FsConfig, context.Number(), CommandCreate) < 0)
            throw Refused(CreateCall, type, context);

        long mount = SystemCall.Invoke(SystemCall.FsMount, context.Number(), FsMountCloseOnExecute, (nint)attributes);
        return mount >= 0
            ? new SafeFileHandle((nint)mount, ownsHandle: true)
            : throw LinuxException.FromLastError("fsmount", type);
    }

    /// <summary>A detached copy of the mount or directory at that path, as a bind mount is.</summary>
    internal static SafeFileHandle Clone(string path, bool recursive = false)
    {
        int flags = OpenTreeClone | O_CLOEXEC | (recursive ? AtRecursive : 0);
        fixed (byte* name = NullTerminated.From(path))
        {
            long tree = SystemCall.Invoke(SystemCall.OpenTree, AtCurrentDirectory, (nint)name, flags);
            return tree >= 0
                ? new SafeFileHandle((nint)tree, ownsHandle: true)
                : throw LinuxException.FromLastError("open_tree", path);
        }
    }

    /// <summary>Sets MOUNT_ATTR_… on a mount, and on those below it.</summary>
    internal static void SetAttributes(SafeFileHandle mount, ulong attributes, bool recursive = false) =>
        Change(mount, new AttributeChange { Set = attributes }, recursive);

    /// <summary>Sets and clears MOUNT_ATTR_… on a mount, and on those below it, and says where later ones are seen.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="set">Those to set.</param>
    /// <param name="clear">Those to clear first.</param>
    /// <param name="propagation"><see cref="Private"/> and the others; 0 leaves it as it is.</param>
    /// <param name="recursive">All mounts below it as well.</param>
    internal static void ChangeAttributes(SafeFileHandle mount, ulong set, ulong clear, ulong propagation, bool recursive) =>
        Change(mount, new AttributeChange { Set = set, Clear = clear, Propagation = propagation }, recursive);

    private static void Change(SafeFileHandle mount, AttributeChange change, bool recursive)
    {
        int flags = AtEmptyPath | (recursive ? AtRecursive : 0);
        byte empty = 0;
        long result = SystemCall.Invoke(
            SystemCall.MountSetAttr, mount.Number(), (nint)(&empty), flags, (nint)(&change), sizeof(AttributeChange));
        if (result < 0) throw LinuxException.FromLastError("mount_setattr");
    }

    /// <summary>
    /// Shows the files of a mount that is nowhere yet, and of those below it, as if they belonged to the users of a
    /// user namespace, see mount_setattr(2), "ID-mapped mounts".
    /// </summary>
    /// <param name="mount">The mount.</param>
    /// <param name="userNamespace">The descriptor of the namespace.</param>
    /// <param name="recursive">Those below it, too.</param>
    internal static void MapUsers(SafeFileHandle mount, int userNamespace, bool recursive = false) =>
        Change(mount, new AttributeChange { Set = MapIds, UserNamespace = (ulong)userNamespace }, recursive);

    /// <summary>Attaches a detached mount on the file or directory that the other handle has open.</summary>
    internal static void Attach(SafeFileHandle mount, SafeFileHandle target, string targetName)
    {
        byte empty = 0;
        long result = SystemCall.Invoke(
            SystemCall.MoveMount, mount.Number(), (nint)(&empty), target.Number(), (nint)(&empty),
            MoveFromEmptyPath | MoveToEmptyPath);
        if (result < 0) throw LinuxException.FromLastError("move_mount", targetName);
    }

    /// <summary>mount(2).</summary>
    internal static void Mount(string? source, string target, string? type, ulong flags, string? data)
    {
        fixed (byte* s = source is null ? null : NullTerminated.From(source))
        fixed (byte* t = NullTerminated.From(target))
        fixed (byte* f = type is null ? null : NullTerminated.From(type))
        fixed (byte* d = data is null ? null : NullTerminated.From(data))
        {
            if (mount(s, t, f, (ulong_t)flags, d) < 0) throw LinuxException.FromLastError("mount", target);
        }
    }

    /// <summary>Lets nothing that is mounted from here on be seen in another mount namespace (mount_namespaces(7)).</summary>
    internal static void MakePrivate() => Mount(null, "/", null, (ulong)MS_REC | (ulong)MS_PRIVATE, null);

    /// <summary>Lets mounts of this namespace be seen where that says; see <see cref="Private"/>.</summary>
    internal static void SetPropagation(string path, ulong propagation, bool recursive) =>
        Mount(null, path, null, propagation | (recursive ? (ulong)MS_REC : 0), null);

    /// <summary>
    /// Makes the directory that is current, a mount, the root by moving it there, see chroot(2) and mount(2), MS_MOVE: what
    /// is below stays, hidden.
    /// </summary>
    internal static void MoveCurrentToRoot()
    {
        Mount(".", "/", null, (ulong)MS_MOVE, null);
        fixed (byte* here = "."u8)
        fixed (byte* root = "/"u8)
        {
            if (ChangeRoot(here) < 0) throw LinuxException.FromLastError("chroot");
            if (chdir(root) < 0) throw LinuxException.FromLastError("chdir", "/");
        }
    }

    /// <summary>
    /// Makes the directory that is current the root and takes the old root away. Both are the same directory to
    /// pivot_root(2), which stacks the old root on the new one, so that no place for it is needed.
    /// </summary>
    internal static void SwitchRootToCurrent()
    {
        fixed (byte* here = "."u8)
        {
            if (PivotRoot(here, here) < 0) throw LinuxException.FromLastError("pivot_root");
            if (umount2(here, MNT_DETACH) < 0) throw LinuxException.FromLastError("umount2", "the old root");
            fixed (byte* root = "/"u8)
            {
                if (chdir(root) < 0) throw LinuxException.FromLastError("chdir", "/");
            }
        }
    }

    /// <summary>The failure of a call on a file system context, with what the kernel wrote into its log.</summary>
    private static LinuxException Refused(string call, string subject, SafeFileHandle context)
    {
        int error = Marshal.GetLastPInvokeError();
        byte* message = stackalloc byte[512];
        long length = (long)read(context.Number(), message, 512);
        string said = length > 0 ? $" ({Encoding.UTF8.GetString(message, (int)length).TrimEnd('\n')})" : "";
        return new LinuxException(call, subject + said, error);
    }

    [LibraryImport("libc", EntryPoint = "pivot_root", SetLastError = true)]
    private static partial int PivotRoot(byte* newRoot, byte* oldRoot);

    [LibraryImport("libc", EntryPoint = "chroot", SetLastError = true)]
    private static partial int ChangeRoot(byte* path);

    /// <summary>struct mount_attr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct AttributeChange
    {
        internal ulong Set;
        internal ulong Clear;
        internal ulong Propagation;
        internal ulong UserNamespace;
    }
}
