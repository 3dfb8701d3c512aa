using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Tests;

/// <summary>The fields of a simulated packet, read back from its bytes by other code than wrote them.</summary>
internal readonly record struct Seen
{
    public required long Time { get; init; }

    public required Address Source { get; init; }

    public required Address Destination { get; init; }

    public required byte Protocol { get; init; }

    public ushort IpId { get; init; }

    public byte Ttl { get; init; }

    public ushort SourcePort { get; init; }

    public ushort DestinationPort { get; init; }

    public uint Sequence { get; init; }

    public byte Flags { get; init; }

    /// <summary>For ICMP errors: the quoted destination and protocol.</summary>
    public Address? QuotedDestination { get; init; }

    public byte QuotedProtocol { get; init; }

    public bool IsProbe => Protocol switch
    {
        6 => Flags == 2,
        17 => true,
        1 => SourcePort == 8,
        _ => SourcePort == 128,
    };

    public static Seen Read(long time, ReadOnlySpan<byte> ip)
    {
        var v6 = ip[0] >> 4 == 6;
        var protocol = v6 ? ip[6] : ip[9];
        var transport = ip[(v6 ? 40 : 20)..];
        var icmp = protocol is 1 or 58;
        var error = protocol == 1 ? transport[0] is 3 or 11 : protocol == 58 && transport[0] < 128;
        var quoted = error ? transport[8..] : default;
        return new Seen
        {
            Time = time,
            Source = Address.FromBytes(v6 ? ip.Slice(8, 16) : ip.Slice(12, 4)),
            Destination = Address.FromBytes(v6 ? ip.Slice(24, 16) : ip.Slice(16, 4)),
            Protocol = protocol,
            IpId = v6 ? (ushort)0 : (ushort)((ip[4] << 8) | ip[5]),
            Ttl = v6 ? ip[7] : ip[8],
            SourcePort = icmp ? transport[0] : (ushort)((transport[0] << 8) | transport[1]),
            DestinationPort = icmp ? transport[1] : (ushort)((transport[2] << 8) | transport[3]),
            Sequence = protocol == 6 ? (uint)((transport[4] << 24) | (transport[5] << 16) | (transport[6] << 8) | transport[7]) : 0,
            Flags = protocol == 6 ? transport[13] : (byte)0,
            QuotedDestination = error ? Address.FromBytes(v6 ? quoted.Slice(24, 16) : quoted.Slice(16, 4)) : null,
            QuotedProtocol = error ? v6 ? quoted[6] : quoted[9] : (byte)0,
        };
    }
}
