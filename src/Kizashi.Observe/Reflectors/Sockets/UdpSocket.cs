using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope.Sources;

namespace Kizashi.Observe.Reflectors.Sockets;

/// <summary>A bound UDP socket that tells to which of its addresses a datagram came, and answers from it; Linux only.</summary>
internal sealed unsafe partial class UdpSocket : IDisposable
{
    private const int NameBytes = 28;
    private const int CmsgHeader = 16;
    private const int DatagramNonBlocking = 2 | 0x800 | 0x80000;
    private const int DontWait = 0x40;
    private const short Inet = 2;
    private const short Inet6 = 10;
    private const int LevelIp = 0;
    private const int LevelIp6 = 41;
    private const int LevelSocket = 1;
    private const int InUse = 98;
    private const int NotLocal = 99;

    private UdpSocket(int file, bool isV4) => (File, IsV4) = (file, isV4);

    public int File { get; private set; }

    public bool IsV4 { get; }

    /// <param name="address">An address of this machine, or 0.0.0.0 or :: for all.</param>
    /// <param name="port">0 for any.</param>
    /// <param name="buffer">Bytes that the system keeps for it.</param>
    /// <exception cref="InterfaceException">The port cannot be bound; the message says why.</exception>
    public static UdpSocket Open(Address address, ushort port, int buffer) =>
        TryOpen(address, port, buffer, out var error) ?? throw new InterfaceException(error switch
        {
            13 => $"Listening on port {port} needs the capability CAP_NET_BIND_SERVICE: run as root, or give the service AmbientCapabilities=CAP_NET_BIND_SERVICE.",
            InUse => $"Port {port} of {address} is in use by another program; `ss -lunp` tells which.",
            NotLocal => $"{address} is not an address of this machine; `ip address` lists them.",
            _ => $"Port {port} of {address}: {Marshal.GetPInvokeErrorMessage(error)}.",
        });

    /// <summary>Null when another program has the port.</summary>
    /// <inheritdoc cref="Open"/>
    public static UdpSocket? OpenUnlessInUse(Address address, ushort port, int buffer)
    {
        var socket = TryOpen(address, port, buffer, out var error);
        return socket is null && error == InUse ? null : socket ?? Open(address, port, buffer);
    }

    /// <summary>Whether the system takes datagrams to the address for its own.</summary>
    public static bool IsLocal(Address address)
    {
        using var socket = TryOpen(address, 0, 4096, out var error);
        return error != NotLocal;
    }

    /// <summary>Datagrams, or trains of them, that the kernel gave up since the socket was opened: its buffer was full.</summary>
    public long Dropped
    {
        get
        {
            const int MemoryInfo = 55;
            const int Fields = 9;
            const int Drops = 8;
            var fields = stackalloc uint[Fields];
            var length = (uint)(Fields * sizeof(uint));
            return GetOption(File, LevelSocket, MemoryInfo, fields, &length) == 0 && length == Fields * sizeof(uint) ? fields[Drops] : 0;
        }
    }

    /// <summary>Sends from one of its addresses. False when the system does not take it.</summary>
    /// <param name="to">As a received datagram named its sender, struct sockaddr.</param>
    /// <param name="from">The address that was asked.</param>
    /// <param name="bytes">The payload.</param>
    public bool Send(ReadOnlySpan<byte> to, Address from, ReadOnlySpan<byte> bytes)
    {
        var control = stackalloc byte[48];
        new Span<byte>(control, 48).Clear();
        *(nuint*)control = (nuint)(CmsgHeader + (IsV4 ? 12 : 20));
        *(int*)(control + 8) = IsV4 ? LevelIp : LevelIp6;
        *(int*)(control + 12) = IsV4 ? 8 : 50;
        if (IsV4)
            BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(control + CmsgHeader + 4, 4), from.V4);
        else
            BinaryPrimitives.WriteUInt128BigEndian(new Span<byte>(control + CmsgHeader, 16), from.Value);

        fixed (byte* payload = bytes, name = to)
        {
            var vector = new IoVector { Base = payload, Length = (nuint)bytes.Length };
            var header = new Header
            {
                Name = name,
                NameLength = IsV4 ? 16u : 28u,
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = IsV4 ? 32u : 40u,
            };
            return SendOne(File, &header, DontWait) == bytes.Length;
        }
    }

    public void Dispose()
    {
        if (File < 0)
            return;

        _ = Close(File);
        File = -1;
    }

    private static UdpSocket? TryOpen(Address address, ushort port, int buffer, out int error)
    {
        var isV4 = address.IsV4;
        var file = Socket(isV4 ? Inet : Inet6, DatagramNonBlocking, 0);
        error = file < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (file < 0)
            return null;

        // As large as asked for with CAP_NET_ADMIN, else as large as net.core.rmem_max lets it be.
        const int ReceiveBuffer = 8;
        const int ReceiveBufferForce = 33;
        Set(file, LevelSocket, ReceiveBuffer, buffer);
        Set(file, LevelSocket, ReceiveBufferForce, buffer);

        // A flood in one name comes in trains, which the kernel need not take apart; one that does not know this refuses.
        const int LevelUdp = 17;
        const int ReceiveTrains = 104;
        Set(file, LevelUdp, ReceiveTrains, 1);
        if (isV4)
        {
            const int PacketInfo = 8;
            const int ReceiveTtl = 12;
            Set(file, LevelIp, PacketInfo, 1);
            Set(file, LevelIp, ReceiveTtl, 1);
        }
        else
        {
            const int Only = 26;
            const int PacketInfo = 49;
            const int HopLimit = 51;
            Set(file, LevelIp6, Only, 1);
            Set(file, LevelIp6, PacketInfo, 1);
            Set(file, LevelIp6, HopLimit, 1);
        }

        var name = stackalloc byte[NameBytes];
        if (Bind(file, name, WriteName(name, address, port)) == 0)
            return new UdpSocket(file, isV4);

        error = Marshal.GetLastPInvokeError();
        _ = Close(file);
        return null;
    }

    private static uint WriteName(byte* name, Address address, ushort port)
    {
        var span = new Span<byte>(name, NameBytes);
        span.Clear();
        *(short*)name = address.IsV4 ? Inet : Inet6;
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], port);
        if (address.IsV4)
            BinaryPrimitives.WriteUInt32BigEndian(span[4..], address.V4);
        else
            BinaryPrimitives.WriteUInt128BigEndian(span[8..], address.Value);

        return address.IsV4 ? 16u : 28u;
    }

    private static void Set(int file, int level, int name, int value) => _ = SetOption(file, level, name, &value, sizeof(int));

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int file, int level, int name, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetOption(int file, int level, int name, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Bind(int file, byte* name, uint length);

    [LibraryImport("libc", EntryPoint = "sendmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SendOne(int file, Header* message, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);

    // struct msghdr.
    private struct Header
    {
        public byte* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
