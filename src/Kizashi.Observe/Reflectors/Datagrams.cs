using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope.Sources;

namespace Kizashi.Observe.Reflectors;

/// <summary>Datagrams of one socket, many at a time, with the address they were sent to and their TTL (recvmmsg(2), ip(7)); Linux only.</summary>
/// <remarks>Through libc and not <see cref="System.Net.Sockets.Socket"/>, which tells neither the TTL nor takes more than one datagram a call.</remarks>
internal sealed unsafe partial class Datagrams : IDisposable
{
    public const int Batch = 64;
    public const int MostBytes = 2048;

    private const int NameBytes = 28;
    private const int ControlBytes = 128;
    private const int CmsgHeader = 16;
    private const int DatagramNonBlocking = 2 | 0x800 | 0x80000;
    private const int DontWait = 0x40;
    private const short Inet = 2;
    private const short Inet6 = 10;
    private const int LevelIp = 0;
    private const int LevelIp6 = 41;
    private const int LevelSocket = 1;

    private readonly byte* _memory;
    private readonly Message* _messages;
    private readonly bool _isV4;
    private int _file;

    private Datagrams(int file, bool isV4)
    {
        (_file, _isV4) = (file, isV4);
        const int Each = NameBytes + 4 + MostBytes + ControlBytes + 16;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(Batch * (sizeof(Message) + Each)), 64);
        _messages = (Message*)_memory;
        var at = _memory + (Batch * sizeof(Message));
        for (var index = 0; index < Batch; index++)
        {
            var vector = (Vector*)at;
            var message = _messages + index;
            vector->Base = at + 16;
            vector->Length = MostBytes;
            message->Vectors = vector;
            message->VectorCount = 1;
            message->Control = at + 16 + MostBytes;
            message->Name = at + 16 + MostBytes + ControlBytes;
            at += Each;
        }
    }

    public int File => _file;

    /// <exception cref="InterfaceException">The port cannot be bound; the message says why.</exception>
    public static Datagrams Open(Address address, ushort port)
    {
        var isV4 = address.IsV4;
        var file = Socket(isV4 ? Inet : Inet6, DatagramNonBlocking, 0);
        if (file < 0)
            throw new InterfaceException($"No UDP socket for {address}: {Marshal.GetLastPInvokeErrorMessage()}.");

        const int ReceiveBuffer = 8;
        Set(file, LevelSocket, ReceiveBuffer, 8 << 20);
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
            return new Datagrams(file, isV4);

        var error = Marshal.GetLastPInvokeError();
        var reason = Marshal.GetPInvokeErrorMessage(error);
        _ = Close(file);
        throw new InterfaceException(error switch
        {
            13 => $"Listening on port {port} needs the capability CAP_NET_BIND_SERVICE: run as root, or give the service AmbientCapabilities=CAP_NET_BIND_SERVICE.",
            98 => $"Port {port} of {address} is in use by another program; `ss -lunp` tells which.",
            99 => $"{address} is not an address of this machine; `ip address` lists them.",
            _ => $"Port {port} of {address}: {reason}.",
        });
    }

    /// <summary>Takes what is there, without waiting, and returns how many datagrams there are.</summary>
    public int Receive()
    {
        for (var index = 0; index < Batch; index++)
        {
            _messages[index].NameLength = NameBytes;
            _messages[index].ControlLength = ControlBytes;
        }

        return Math.Max(0, ReceiveMany(_file, _messages, Batch, DontWait, null));
    }

    public ReadOnlySpan<byte> Payload(int index) => new(_messages[index].Vectors->Base, (int)Math.Min(_messages[index].Length, MostBytes));

    public Datagram Header(int index)
    {
        var message = _messages + index;
        var name = new ReadOnlySpan<byte>(message->Name, NameBytes);
        var port = BinaryPrimitives.ReadUInt16BigEndian(name[2..]);
        var source = _isV4 ? Address.FromBytes(name.Slice(4, 4)) : Address.FromBytes(name.Slice(8, 16));
        var (destination, ttl) = (default(Address?), (byte)0);
        var control = new ReadOnlySpan<byte>(message->Control, (int)Math.Min(message->ControlLength, ControlBytes));
        while (control.Length >= CmsgHeader)
        {
            var length = (int)MemoryMarshal.Read<nuint>(control);
            if (length < CmsgHeader || length > control.Length)
                break;

            var data = control[CmsgHeader..length];
            switch (MemoryMarshal.Read<int>(control[8..]), MemoryMarshal.Read<int>(control[12..]))
            {
                case (LevelIp, 8) when data.Length >= 12:
                    destination = Address.FromBytes(data.Slice(8, 4));
                    break;
                case (LevelIp6, 50) when data.Length >= 16:
                    destination = Address.FromBytes(data[..16]);
                    break;
                case (LevelIp, 2) or (LevelIp6, 52) when data.Length >= 4:
                    ttl = (byte)MemoryMarshal.Read<int>(data);
                    break;
            }

            control = control[Math.Min(control.Length, (length + 7) & ~7)..];
        }

        return new Datagram(source, port, destination, ttl);
    }

    /// <summary>Answers a datagram of the last <see cref="Receive"/>, from the address it was sent to. False when the system does not take it.</summary>
    public bool Send(int index, Address from, ReadOnlySpan<byte> answer)
    {
        var control = stackalloc byte[48];
        new Span<byte>(control, 48).Clear();
        *(nuint*)control = (nuint)(CmsgHeader + (_isV4 ? 12 : 20));
        *(int*)(control + 8) = _isV4 ? LevelIp : LevelIp6;
        *(int*)(control + 12) = _isV4 ? 8 : 50;
        if (_isV4)
            BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(control + CmsgHeader + 4, 4), from.V4);
        else
            BinaryPrimitives.WriteUInt128BigEndian(new Span<byte>(control + CmsgHeader, 16), from.Value);

        fixed (byte* bytes = answer)
        {
            var vector = new Vector { Base = bytes, Length = (nuint)answer.Length };
            var message = new Message
            {
                Name = _messages[index].Name,
                NameLength = _isV4 ? 16u : 28u,
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = _isV4 ? 32u : 40u,
            };
            return SendOne(_file, &message, DontWait) == answer.Length;
        }
    }

    public void Dispose()
    {
        if (_file < 0)
            return;

        _ = Close(_file);
        _file = -1;
        NativeMemory.AlignedFree(_memory);
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

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Bind(int file, byte* name, uint length);

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReceiveMany(int file, Message* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SendOne(int file, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);

    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    // struct mmsghdr: a msghdr, then how many bytes came.
    private struct Message
    {
        public byte* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
        private readonly int _gap;
        public uint Length;
        private readonly uint _padding;
    }
}
