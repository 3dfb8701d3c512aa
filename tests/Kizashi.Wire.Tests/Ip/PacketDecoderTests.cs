using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Tests.Ip;

public sealed class PacketDecoderTests
{
    public static TheoryData<string> Samples => [.. SampleFrame.All.Select(frame => frame.Name)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_kind_of_frame_is_decoded(string name)
    {
        var header = Decoding.Decode(SampleFrame.Named(name));

        Assert.Equal(DecodeStatus.Ok, header.Status);
        Assert.Equal(42, header.TimeMicros);
        if ((header.Traits & PacketTraits.V6) == 0)
            Assert.Equal((Packets.Source, Packets.Destination, 61, 54321), (header.Source, header.Destination, header.Ttl, header.IpId));
        else
            Assert.Equal((0u, 0u, 62, 0), (header.Source, header.Destination, header.Ttl, header.IpId));

        if (header.Protocol == IpProtocol.Tcp)
            Assert.Equal((55524, 23, 0xC6336407u, 2, 6204), (header.SourcePort, header.DestinationPort, header.Sequence, header.TcpFlags, header.Window));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_truncation_is_reported_and_none_reads_on(string name)
    {
        var sample = SampleFrame.Named(name);
        var whole = sample.Bytes.Length - sample.Behind;
        for (var length = 0; length <= sample.Bytes.Length; length++)
        {
            var cut = sample.Bytes.AsSpan(0, length);
            var header = Decoding.Decode(sample.Link, cut, sample.Bytes.Length, filler: 0x00);

            Assert.Equal(header, Decoding.Decode(sample.Link, cut, sample.Bytes.Length, filler: 0xFF));
            Assert.Equal(length < whole ? DecodeStatus.Truncated : DecodeStatus.Ok, header.Status);
        }
    }

    [Fact]
    public void A_trailer_of_the_link_is_not_part_of_the_packet()
    {
        var frame = Packets.Ethernet(0x0800, [.. Packets.Ipv4(17, Packets.Udp([1, 2])), 0, 0, 0, 0, 0, 0]);

        var header = Decoding.Decode(LinkType.Ethernet, frame);

        Assert.Equal((14, 30, 30, 20), (header.IpOffset, header.Captured, header.Length, header.TransportOffset));
    }

    [Fact]
    public void A_length_beyond_the_frame_is_what_was_cut_off()
    {
        var frame = Packets.Ethernet(0x0800, Packets.Ipv4(17, Packets.Udp([1, 2], length: 508), total: 528));

        var header = Decoding.Decode(LinkType.Ethernet, frame, wireLength: 542);

        Assert.Equal((DecodeStatus.Ok, 30, 528), (header.Status, header.Captured, header.Length));
    }

    [Fact]
    public void A_transport_length_beyond_what_was_on_the_wire_is_malformed_but_usable()
    {
        var datagram = Packets.Ethernet(0x0800, Packets.Ipv4(17, Packets.Udp([1, 2], length: 508), total: 528));
        var segment = Packets.Ethernet(0x0800, Packets.Ipv4(6, Packets.Tcp(headerBytes: 40), total: 60));

        foreach (var frame in new[] { datagram, segment })
        {
            Assert.Equal((DecodeStatus.Inconsistent, true), (Status(frame, 0), Decoding.Decode(LinkType.Ethernet, frame).IsUsable));
            Assert.Equal(DecodeStatus.Ok, Status(frame, 600));
        }
    }

    [Fact]
    public void A_length_of_zero_is_filled_in_from_the_wire()
    {
        Assert.Equal(42, Decoding.DecodeIpv4(6, Packets.Tcp(payload: [1, 2]), total: 0).Length);
        Assert.Equal(62, Decoding.DecodeIpv6(6, Packets.Tcp(payload: [1, 2]), length: 0).Length);
    }

    [Theory]
    [InlineData(0x45, 19)]
    [InlineData(0x44, 40)]
    [InlineData(0x46, 23)]
    [InlineData(0x55, 40)]
    [InlineData(0x65, 40)]
    public void An_Ipv4_header_that_contradicts_itself_is_inconsistent(byte first, int total)
    {
        var packet = Packets.Ipv4(6, Packets.Tcp(), total: total);
        packet[0] = first;

        Assert.Equal(DecodeStatus.Inconsistent, Decoding.Decode(LinkType.Ethernet, Packets.Ethernet(0x0800, packet)).Status);
    }

    [Theory]
    [InlineData(6, 20, DecodeStatus.Ok)]
    [InlineData(6, 16, DecodeStatus.Inconsistent)]
    [InlineData(6, 24, DecodeStatus.Inconsistent)]
    public void A_Tcp_length_that_contradicts_the_packet_is_malformed_but_usable(byte protocol, int length, DecodeStatus status)
    {
        foreach (var header in new[]
        {
            Decoding.DecodeIpv4(protocol, Packets.Tcp(headerBytes: length)),
            Decoding.DecodeIpv6(protocol, Packets.Tcp(headerBytes: length)),
        })
        {
            Assert.Equal(status, header.Status);
            Assert.Equal(length, header.TcpHeaderLength);
            Assert.True(header.IsUsable);
            Assert.Equal(23, header.DestinationPort);
        }
    }

    [Theory]
    [InlineData(8, DecodeStatus.Ok)]
    [InlineData(12, DecodeStatus.Ok)]
    [InlineData(7, DecodeStatus.Inconsistent)]
    [InlineData(0, DecodeStatus.Inconsistent)]
    [InlineData(13, DecodeStatus.Inconsistent)]
    public void A_Udp_length_must_lie_inside_the_packet(int length, DecodeStatus status)
    {
        var header = Decoding.DecodeIpv4(17, Packets.Udp([1, 2, 3, 4], length: length));

        Assert.Equal((status, 53, true), (header.Status, header.DestinationPort, header.IsUsable));
    }

    [Fact]
    public void A_packet_too_short_for_its_transport_header_is_truncated()
    {
        Assert.Equal(DecodeStatus.Truncated, Decoding.DecodeIpv4(6, new byte[19]).Status);
        Assert.Equal(DecodeStatus.Truncated, Decoding.DecodeIpv4(17, new byte[7]).Status);
        Assert.Equal(DecodeStatus.Truncated, Decoding.DecodeIpv4(1, new byte[7]).Status);
        Assert.Equal(DecodeStatus.Truncated, Decoding.DecodeIpv4(132, new byte[11]).Status);
        Assert.Equal(DecodeStatus.Truncated, Decoding.DecodeIpv6(58, new byte[7]).Status);
        Assert.False(Decoding.DecodeIpv6(58, new byte[7]).IsUsable);
    }

    [Theory]
    [InlineData(0x2000, PacketTraits.Fragment, 23)]
    [InlineData(0x2001, PacketTraits.Fragment | PacketTraits.LaterFragment, 0)]
    [InlineData(0x1FFF, PacketTraits.Fragment | PacketTraits.LaterFragment, 0)]
    [InlineData(0x4000, PacketTraits.None, 23)]
    public void Fragments_of_Ipv4_have_ports_only_in_the_first(int field, PacketTraits traits, int port)
    {
        var header = Decoding.DecodeIpv4(6, Packets.Tcp(), fragment: (ushort)field);

        Assert.Equal((DecodeStatus.Ok, traits, port, 6), (header.Status, header.Traits, header.DestinationPort, header.Protocol));
    }

    [Theory]
    [InlineData(0x0001, PacketTraits.Fragment, 23)]
    [InlineData(0x0008, PacketTraits.Fragment | PacketTraits.LaterFragment, 0)]
    [InlineData(0x0000, PacketTraits.None, 23)]
    public void Fragments_of_Ipv6_have_ports_only_in_the_first(int field, PacketTraits traits, int port)
    {
        var header = Decoding.DecodeIpv6(44, [6, 0, (byte)(field >> 8), (byte)field, 0, 0, 0, 9, .. Packets.Tcp()]);

        Assert.Equal((DecodeStatus.Ok, port, 6), (header.Status, header.DestinationPort, header.Protocol));
        Assert.Equal(traits | PacketTraits.V6 | PacketTraits.IpOptions, header.Traits);
    }

    [Fact]
    public void A_first_fragment_may_announce_a_datagram_longer_than_itself() =>
        Assert.Equal(DecodeStatus.Ok, Decoding.DecodeIpv4(17, Packets.Udp([1, 2], length: 3000), fragment: 0x2000).Status);

    [Fact]
    public void Options_and_extension_headers_are_traits_and_their_lengths_are_counted()
    {
        Assert.Equal(PacketTraits.IpOptions, Decoding.Decode(SampleFrame.Named("IPv4 options")).Traits);
        Assert.Equal(PacketTraits.TcpOptions, Decoding.Decode(SampleFrame.Named("TCP options")).Traits);
        var header = Decoding.Decode(SampleFrame.Named("IPv6 extensions"));
        Assert.Equal(PacketTraits.V6 | PacketTraits.IpOptions | PacketTraits.Fragment, header.Traits);
        Assert.Equal((40 + 8 + 16 + 8 + 12 + 8, 6), (header.TransportOffset, header.Protocol));
    }

    [Fact]
    public void An_extension_header_beyond_the_packet_is_inconsistent() =>
        Assert.Equal(DecodeStatus.Inconsistent, Decoding.DecodeIpv6(60, [6, 9, .. new byte[30]]).Status);

    [Fact]
    public void Jumbograms_are_malformed() =>
        Assert.Equal(DecodeStatus.Inconsistent, Decoding.DecodeIpv6(0, [6, 0, 0xC2, 4, 0, 1, 0, 0, .. Packets.Tcp()], length: 0).Status);

    [Fact]
    public void Nothing_behind_an_Ipv6_header_is_well_formed() =>
        Assert.Equal((DecodeStatus.Ok, 59), (Decoding.DecodeIpv6(59, []).Status, Decoding.DecodeIpv6(59, []).Protocol));

    [Theory]
    [InlineData(0x0806)]
    [InlineData(0x88CC)]
    [InlineData(0x0026)]
    [InlineData(0x05FF)]
    public void Frames_without_IP_are_not_malformed(int type)
    {
        var header = Decoding.Decode(LinkType.Ethernet, Packets.Ethernet((ushort)type, new byte[46]));

        Assert.Equal((DecodeStatus.NotIp, -1, false), (header.Status, header.IpOffset, header.Status.IsMalformed));
    }

    [Fact]
    public void An_8023_frame_with_a_Snap_header_is_decoded()
    {
        var frame = Packets.Ethernet(48, [0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. Packets.Ipv4(6, Packets.Tcp())]);

        Assert.Equal((DecodeStatus.Ok, 22), (Decoding.Decode(LinkType.Ethernet, frame).Status, Decoding.Decode(LinkType.Ethernet, frame).IpOffset));
    }

    [Fact]
    public void An_unknown_link_type_is_unsupported_and_not_malformed() =>
        Assert.Equal(DecodeStatus.Unsupported, Decoding.Decode((LinkType)147, new byte[60]).Status);

    [Fact]
    public void Types_and_codes_of_Icmp_stand_in_place_of_ports() =>
        Assert.Equal((3, 1), (Decoding.DecodeIpv4(1, Packets.Icmp(3, 1)).SourcePort, Decoding.DecodeIpv4(1, Packets.Icmp(3, 1)).DestinationPort));

    [Fact]
    public void The_array_of_headers_grows_with_the_block()
    {
        var block = new FrameBlock { Link = LinkType.Raw };
        for (var i = 0; i < 20_000; i++)
        {
            var index = block.Add();
            block.CapturedLength[index] = 0;
        }

        var headers = new PacketHeader[10];
        PacketDecoder.DecodeBlock(block, ref headers);

        Assert.True(headers.Length >= 20_000);
        Assert.All(headers.Take(20_000), header => Assert.Equal(DecodeStatus.Truncated, header.Status));
    }

    private static DecodeStatus Status(byte[] frame, int cutOff) =>
        Decoding.Decode(LinkType.Ethernet, frame, frame.Length + cutOff).Status;
}
