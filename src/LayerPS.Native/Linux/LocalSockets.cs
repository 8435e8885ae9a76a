using System.Text;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>Sockets between processes of this machine, which can hand over open files, see unix(7).</summary>
internal static unsafe class LocalSockets
{
    private const int Backlog = 16;
    private const uint OwnerOnly = 384; // rw-------

    /// <summary>Both ends of a new connection; they close on execution.</summary>
    internal static (int, int) Pair()
    {
        int* ends = stackalloc int[2];
        return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0
            ? (ends[0], ends[1])
            : throw LinuxException.FromLastError("socketpair");
    }

    /// <summary>Makes a socket with a name, which nobody but its owner can connect to.</summary>
    /// <param name="path">At most 107 bytes; through /proc/self/fd for one that would be longer.</param>
    internal static int Listen(string path)
    {
        int descriptor = Open();
        sockaddr_un address = AddressOf(path);
        if (bind(descriptor, (sockaddr*)&address, sizeof(sockaddr_un)) != 0) throw Failed(descriptor, "bind", path);
        fixed (byte* name = NullTerminated.From(path))
        {
            // Before it listens, so that there is no moment in which others could.
            if (chmod(name, (mode_t)(ushort)OwnerOnly) != 0) throw Failed(descriptor, "chmod", path);
        }

        return listen(descriptor, Backlog) == 0 ? descriptor : throw Failed(descriptor, "listen", path);
    }

    /// <exception cref="LinuxException">ENOENT, ECONNREFUSED: nobody listens there.</exception>
    internal static int Connect(string path)
    {
        int descriptor = Open();
        sockaddr_un address = AddressOf(path);
        return connect(descriptor, (sockaddr*)&address, sizeof(sockaddr_un)) == 0
            ? descriptor
            : throw Failed(descriptor, "connect", path);
    }

    /// <summary>The next connection to a socket that listens; sleeps until there is one.</summary>
    internal static int Accept(int listener)
    {
        int connection = accept4(listener, null, null, SOCK_CLOEXEC);
        return connection >= 0 ? connection : throw LinuxException.FromLastError("accept4");
    }

    /// <summary>Sends one byte, and with it an open file.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="descriptor">The file; -1 for the byte alone.</param>
    internal static void SendDescriptor(int socket, int descriptor)
    {
        byte content = 0;
        iovec vector = new() { iov_base = &content, iov_len = 1 };
        ulong* control = stackalloc ulong[CMSG_SPACE(sizeof(int)) / sizeof(ulong) + 1];
        msghdr message = new() { msg_iov = &vector, msg_iovlen = 1 };
        if (descriptor >= 0)
        {
            message.msg_control = control;
            message.msg_controllen = CMSG_SPACE(sizeof(int));
            cmsghdr* header = CMSG_FIRSTHDR(&message);
            header->cmsg_level = SOL_SOCKET;
            header->cmsg_type = SCM_RIGHTS;
            // The package's CMSG_LEN rounds up, and what is behind would be sent as a second descriptor.
            header->cmsg_len = CMSG_LEN(0) + sizeof(int);
            *(int*)CMSG_DATA(header) = descriptor;
        }

        if ((long)sendmsg(socket, &message, MSG_NOSIGNAL) < 0) throw LinuxException.FromLastError("sendmsg");
    }

    /// <summary>Receives what <see cref="SendDescriptor"/> sent; sleeps until it is there.</summary>
    /// <returns>The file; -1 for none.</returns>
    /// <exception cref="EndOfStreamException">The other side has gone.</exception>
    internal static int ReceiveDescriptor(int socket)
    {
        byte content;
        iovec vector = new() { iov_base = &content, iov_len = 1 };
        ulong* control = stackalloc ulong[CMSG_SPACE(sizeof(int)) / sizeof(ulong) + 1];
        msghdr message = new()
        {
            msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = CMSG_SPACE(sizeof(int)),
        };
        long count = (long)recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
        if (count < 0) throw LinuxException.FromLastError("recvmsg");
        if (count == 0) throw new EndOfStreamException("The other side of the connection has gone.");
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        return header != null && header->cmsg_type == SCM_RIGHTS ? *(int*)CMSG_DATA(header) : -1;
    }

    private static int Open()
    {
        int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        return descriptor >= 0 ? descriptor : throw LinuxException.FromLastError("socket");
    }

    private static sockaddr_un AddressOf(string path)
    {
        sockaddr_un address = new() { sun_family = AF_UNIX };
        int room = sizeof(sockaddr_un) - sizeof(sa_family_t) - 1;
        if (Encoding.UTF8.GetByteCount(path) > room)
            throw new LinuxException("socket", path, ENAMETOOLONG);
        Encoding.UTF8.GetBytes(path, new Span<byte>(address.sun_path, room));
        return address;
    }

    private static LinuxException Failed(int descriptor, string call, string path)
    {
        LinuxException failure = LinuxException.FromLastError(call, path);
        Descriptors.Close(descriptor);
        return failure;
    }
}
