using System.Buffers.Binary;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>An IP packet without IP options, read in the plainest way.</summary>
internal sealed record ReferencePacket
{
    public required Address Source { get; init; }

    public required Address Destination { get; init; }

    public required byte Protocol { get; init; }

    public required byte Ttl { get; init; }

    public required ushort Length { get; init; }

    public ushort Id { get; init; }

    public bool IsReserved { get; init; }

    public bool IsFragment { get; init; }

    public bool IsLaterFragment { get; init; }

    public ushort SourcePort { get; init; }

    public ushort DestinationPort { get; init; }

    public bool IsTcp => Protocol == 6;

    public byte Flags { get; init; }

    public uint Sequence { get; init; }

    public ushort Window { get; init; }

    public ushort TcpHeaderLength { get; init; }

    public bool HasMss1460 { get; init; }

    public ReferencePacket? Quoted { get; init; }

    public static ReferencePacket Read(ReadOnlySpan<byte> ip) => ip[0] >> 4 == 4 ? ReadV4(ip) : ReadV6(ip);

    private static ReferencePacket ReadV4(ReadOnlySpan<byte> ip)
    {
        var field = BinaryPrimitives.ReadUInt16BigEndian(ip[6..]);
        var packet = new ReferencePacket
        {
            Source = Address.FromBytes(ip.Slice(12, 4)),
            Destination = Address.FromBytes(ip.Slice(16, 4)),
            Protocol = ip[9],
            Ttl = ip[8],
            Length = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]),
            Id = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]),
            IsReserved = (field & 0x8000) != 0,
            IsFragment = (field & 0x3FFF) != 0,
            IsLaterFragment = (field & 0x1FFF) != 0,
        };
        return packet.IsLaterFragment ? packet : packet.WithTransport(ip[20..]);
    }

    private static ReferencePacket ReadV6(ReadOnlySpan<byte> ip) => new ReferencePacket
    {
        Source = Address.FromBytes(ip.Slice(8, 16)),
        Destination = Address.FromBytes(ip.Slice(24, 16)),
        Protocol = ip[6],
        Ttl = ip[7],
        Length = (ushort)(40 + BinaryPrimitives.ReadUInt16BigEndian(ip[4..])),
    }.WithTransport(ip[40..]);

    private ReferencePacket WithTransport(ReadOnlySpan<byte> at) => Protocol switch
    {
        6 => this with
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(at),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(at[2..]),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(at[4..]),
            TcpHeaderLength = (ushort)(at[12] / 16 * 4),
            Flags = at[13],
            Window = BinaryPrimitives.ReadUInt16BigEndian(at[14..]),
            HasMss1460 = at.Length >= 24 && at.Slice(20, 4).SequenceEqual<byte>([2, 4, 5, 0xB4]),
        },
        17 => this with
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(at),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(at[2..]),
        },
        1 or 58 => this with
        {
            SourcePort = at[0],
            DestinationPort = at[1],
            Quoted = at.Length > 28 && Quotes(at[0]) ? Read(at[8..]) : null,
        },
        _ => this,
    };

    private bool Quotes(byte type) => Protocol == 1 ? type is 3 or 4 or 5 or 11 or 12 : type is >= 1 and <= 4;
}
