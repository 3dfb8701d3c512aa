using System.Buffers.Binary;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Tests.Capture;

/// <summary>Counts of a capture by our own reader and decoder.</summary>
public sealed class CaptureCensus
{
    public int Packets { get; private set; }

    public long Bytes { get; private set; }

    public int Malformed { get; private set; }

    public HashSet<UInt128> Sources { get; } = [];

    public HashSet<UInt128> Destinations { get; } = [];

    public SortedDictionary<int, int> Protocols { get; } = [];

    public SortedDictionary<int, int> TcpPorts { get; } = [];

    public SortedDictionary<int, int> UdpPorts { get; } = [];

    public CaptureDamage? Damage { get; private set; }

    public string ProtocolText => string.Join(' ', Protocols.Select(p => $"{p.Key}:{p.Value}"));

    public static CaptureCensus Take(string path) => Take(CaptureFile.Open(path));

    public static CaptureCensus Take(IFrameSource source)
    {
        using var closing = source;
        var census = new CaptureCensus();
        var block = new FrameBlock();
        var headers = Array.Empty<PacketHeader>();
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            PacketDecoder.DecodeBlock(block, ref headers);
            for (var i = 0; i < block.Count; i++)
                census.Add(block, i, headers[i]);
        }

        census.Damage = source.Damage;
        return census;
    }

    private void Add(FrameBlock block, int index, in PacketHeader header)
    {
        Packets++;
        Bytes += block.WireLength[index];
        Malformed += header.Status.IsMalformed ? 1 : 0;
        if (!header.IsUsable)
            return;

        var (source, destination) = Addresses(block, header);
        Sources.Add(source);
        Destinations.Add(destination);
        Protocols[header.Protocol] = Protocols.GetValueOrDefault(header.Protocol) + 1;
        if ((header.Traits & PacketTraits.LaterFragment) != 0)
            return;

        var ports = header.Protocol switch { IpProtocol.Tcp => TcpPorts, IpProtocol.Udp => UdpPorts, _ => null };
        if (ports is not null)
            ports[header.DestinationPort] = ports.GetValueOrDefault(header.DestinationPort) + 1;
    }

    private static (UInt128 Source, UInt128 Destination) Addresses(FrameBlock block, in PacketHeader header)
    {
        if ((header.Traits & PacketTraits.V6) == 0)
            return (header.Source, header.Destination);

        var packet = block.Data.AsSpan(header.IpOffset);
        return (BinaryPrimitives.ReadUInt128BigEndian(packet[8..]), BinaryPrimitives.ReadUInt128BigEndian(packet[24..]));
    }
}
