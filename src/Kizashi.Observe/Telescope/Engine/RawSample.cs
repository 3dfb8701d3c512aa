using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Makes samples of packets.</summary>
internal static class RawSample
{
    private const int MostBytes = 256;

    /// <param name="header">Of the packet.</param>
    /// <param name="data">The block's bytes that the header's offsets count in.</param>
    /// <param name="subject">Whom it speaks of.</param>
    /// <param name="port">The port that it is looked up by.</param>
    public static PacketSample Of(in PacketHeader header, byte[] data, Address subject, ushort port)
    {
        var bytes = data.AsSpan(header.IpOffset, Math.Min(header.Captured, MostBytes)).ToArray();
        var (source, destination) = Ends(header, bytes);
        return new PacketSample
        {
            TimeMicros = header.TimeMicros,
            Subject = subject,
            Source = source,
            Destination = destination,
            Protocol = header.Protocol,
            Port = port,
            Bytes = bytes,
            WireLength = header.Length,
        };
    }

    /// <summary>Both addresses of a packet, given from its IP header on.</summary>
    public static (Address Source, Address Destination) Ends(in PacketHeader header, ReadOnlySpan<byte> packet) =>
        (header.Traits & PacketTraits.V6) != 0
            ? (Address.FromBytes(packet.Slice(8, 16)), Address.FromBytes(packet.Slice(24, 16)))
            : (Address.FromV4(header.Source), Address.FromV4(header.Destination));
}
