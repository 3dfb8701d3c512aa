using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Reflectors.Sockets;

/// <summary>Takes datagrams of one socket after the other, many at a time, with the address they were sent to and their TTL (recvmmsg(2), ip(7)); Linux only.</summary>
/// <remarks>Through libc and not <see cref="System.Net.Sockets.Socket"/>, which tells neither the TTL nor takes more than one datagram a call. One serves all sockets of a thread.</remarks>
internal sealed unsafe partial class DatagramBuffer : IDisposable
{
    public const int Batch = 64;

    // The largest that UDP has, and so the largest train of datagrams.
    private const int MostBytes = 1 << 16;

    private const int NameBytes = 28;
    private const int ControlBytes = 128;
    private const int CmsgHeader = 16;
    private const int DontWait = 0x40;
    private const int LevelIp = 0;
    private const int LevelIp6 = 41;
    private const int LevelUdp = 17;

    private readonly byte* _memory;
    private readonly Message* _messages;
    private UdpSocket? _socket;
    private bool _isDisposed;

    public DatagramBuffer()
    {
        const int Each = NameBytes + 4 + MostBytes + ControlBytes + 16;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(Batch * (sizeof(Message) + Each)), 64);
        _messages = (Message*)_memory;
        var at = _memory + (Batch * sizeof(Message));
        for (var index = 0; index < Batch; index++)
        {
            var vector = (IoVector*)at;
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

    /// <summary>Takes what is there, without waiting, and returns how many datagrams there are; those of before are gone.</summary>
    public int Receive(UdpSocket socket)
    {
        _socket = socket;
        for (var index = 0; index < Batch; index++)
        {
            _messages[index].NameLength = NameBytes;
            _messages[index].ControlLength = ControlBytes;
        }

        return Math.Max(0, ReceiveMany(socket.File, _messages, Batch, DontWait, null));
    }

    public ReadOnlySpan<byte> Payload(int index) => new(_messages[index].Vectors->Base, (int)Math.Min(_messages[index].Length, MostBytes));

    /// <summary>The sender, and of a train of datagrams the length of each but the last.</summary>
    public Datagram Header(int index)
    {
        var message = _messages + index;
        var name = new ReadOnlySpan<byte>(message->Name, NameBytes);
        var port = BinaryPrimitives.ReadUInt16BigEndian(name[2..]);
        var source = _socket!.IsV4 ? Address.FromBytes(name.Slice(4, 4)) : Address.FromBytes(name.Slice(8, 16));
        var (destination, ttl, each) = (default(Address?), (byte)0, int.MaxValue);
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
                case (LevelUdp, 104) when data.Length >= 4:
                    each = Math.Max(1, MemoryMarshal.Read<int>(data));
                    break;
            }

            control = control[Math.Min(control.Length, (length + 7) & ~7)..];
        }

        return new Datagram(source, port, destination, ttl, each);
    }

    /// <summary>Answers a datagram of the last <see cref="Receive"/>, from the address it was sent to. False when the system does not take it.</summary>
    public bool Send(int index, Address from, ReadOnlySpan<byte> answer) =>
        _socket!.Send(new ReadOnlySpan<byte>(_messages[index].Name, NameBytes), from, answer);

    /// <summary>The name of who sent a datagram, for an answer that comes later.</summary>
    public ReadOnlySpan<byte> Name(int index) => new(_messages[index].Name, NameBytes);

    public void Dispose()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        NativeMemory.AlignedFree(_memory);
    }

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReceiveMany(int file, Message* messages, uint count, int flags, void* timeout);

    // struct mmsghdr: a msghdr, then how many bytes came.
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public byte* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
        private readonly int _gap;
        public uint Length;
        private readonly uint _padding;
    }
}
