using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Tests.Ip;

public sealed class TunnelTests
{
    private static readonly byte[] Inner = Packets.Ipv4(6, Packets.Tcp(port: 8080));
    private static readonly byte[] Inner6 = Packets.Ipv6(6, Packets.Tcp(port: 8080));
    private static readonly byte[] InnerFrame = Packets.Ethernet(0x0800, Inner, 0x8100);

    /// <summary>Outer packets by name; the inner one is always TCP to port 8080.</summary>
    public static readonly IReadOnlyDictionary<string, byte[]> Outer = new Dictionary<string, byte[]>
    {
        ["4in4"] = Packets.Ipv4(4, Inner),
        ["6in4"] = Packets.Ipv4(41, Inner6),
        ["4in6"] = Packets.Ipv6(4, Inner),
        ["6in6"] = Packets.Ipv6(41, Inner6),
        ["GRE"] = Packets.Ipv4(47, Packets.Gre(0x0800, Inner)),
        ["GRE with checksum, key and sequence number"] = Packets.Ipv4(47, Packets.Gre(0x86DD, Inner6, 0xB000)),
        ["GRE with Ethernet"] = Packets.Ipv4(47, Packets.Gre(0x6558, InnerFrame, 0x2000)),
        ["GRE with MPLS"] = Packets.Ipv6(47, Packets.Gre(0x8847, Packets.Mpls(2, Inner))),
        ["ERSPAN I"] = Packets.Ipv4(47, Packets.Gre(0x88BE, InnerFrame)),
        ["ERSPAN II"] = Packets.Ipv4(47, Packets.Gre(0x88BE, [0x10, 1, 0, 1, 0, 0, 0, 0, .. InnerFrame], 0x1000)),
        ["ERSPAN III"] = Packets.Ipv4(47, Packets.Gre(0x22EB, [0x20, 1, 0, 1, .. new byte[8], .. InnerFrame], 0x1000)),
        ["ERSPAN III with subheader"] =
            Packets.Ipv4(47, Packets.Gre(0x22EB, [0x20, 1, 0, 1, .. new byte[7], 1, .. new byte[8], .. InnerFrame], 0x1000)),
        ["VXLAN"] = Packets.Ipv4(17, Packets.Udp(Packets.Vxlan(InnerFrame), port: 4789)),
        ["VXLAN over IPv6"] = Packets.Ipv6(17, Packets.Udp(Packets.Vxlan(InnerFrame), port: 4789)),
        ["GRE in VXLAN"] =
            Packets.Ipv4(17, Packets.Udp(Packets.Vxlan(Packets.Ethernet(0x0800, Packets.Ipv4(47, Packets.Gre(0x0800, Inner)))), port: 4789)),
    };

    public static TheoryData<string> Names => [.. Outer.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tunnel_is_noted_unless_asked(string name)
    {
        var header = Decoding.Decode(LinkType.Raw, Outer[name]);

        Assert.Equal(DecodeStatus.Ok, header.Status);
        Assert.Equal(PacketTraits.Tunnel, header.Traits & (PacketTraits.Tunnel | PacketTraits.Unwrapped));
        Assert.NotEqual(8080, header.DestinationPort);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tunnel_is_unwrapped_when_asked(string name)
    {
        var outer = Outer[name];

        var header = Decoding.Decode(LinkType.Raw, outer, mode: TunnelMode.Unwrap);

        Assert.Equal((DecodeStatus.Ok, 6, 8080), (header.Status, header.Protocol, header.DestinationPort));
        Assert.Equal(PacketTraits.Unwrapped, header.Traits & (PacketTraits.Tunnel | PacketTraits.Unwrapped));
        var inner = (header.Traits & PacketTraits.V6) != 0 ? Inner6 : Inner;
        Assert.Equal(outer.Length - inner.Length, header.IpOffset);
        Assert.Equal((inner.Length, inner.Length, 42L), (header.Captured, (int)header.Length, header.TimeMicros));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tunnel_whose_content_is_cut_keeps_its_outer_header(string name)
    {
        var outer = Outer[name];
        var noted = Decoding.Decode(LinkType.Raw, outer.AsSpan()[..^1], outer.Length);
        for (var length = noted.TransportOffset + 8; length < outer.Length - 20; length++)
        {
            var cut = outer[..length];
            var header = Decoding.Decode(LinkType.Raw, cut, outer.Length, TunnelMode.Unwrap, filler: 0);
            Assert.Equal(header, Decoding.Decode(LinkType.Raw, cut, outer.Length, TunnelMode.Unwrap, filler: 0xFF));
            Assert.Equal(DecodeStatus.Ok, header.Status);
            Assert.NotEqual(8080, header.DestinationPort);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0x4000)]
    public void Unknown_versions_and_source_routes_of_Gre_are_only_noted(int flags)
    {
        var outer = Packets.Ipv4(47, Packets.Gre(0x0800, Inner, (ushort)flags));

        Assert.Equal(PacketTraits.Tunnel, Decoding.Decode(LinkType.Raw, outer, mode: TunnelMode.Unwrap).Traits);
    }

    [Fact]
    public void Tunnels_in_tunnels_are_unwrapped_four_deep()
    {
        var packet = Inner;
        for (var i = 0; i < 6; i++)
            packet = Packets.Ipv4(4, packet);

        var header = Decoding.Decode(LinkType.Raw, packet, mode: TunnelMode.Unwrap);

        Assert.Equal((80, PacketTraits.Tunnel | PacketTraits.Unwrapped), (header.IpOffset, header.Traits));
    }

    [Fact]
    public void A_fragment_of_a_tunnel_is_not_unwrapped() =>
        Assert.Equal(4, Decoding.Decode(LinkType.Raw, Packets.Ipv4(4, Inner, fragment: 0x2000), mode: TunnelMode.Unwrap).Protocol);
}
