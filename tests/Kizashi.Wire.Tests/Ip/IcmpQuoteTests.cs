using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Tests.Ip;

public sealed class IcmpQuoteTests
{
    [Fact]
    public void The_quoted_packet_is_decoded_as_far_as_it_is_there()
    {
        var icmp = Packets.Icmp(3, 3, Packets.Ipv4(6, Packets.Tcp(flags: 0x12)));
        for (var length = 0; length <= icmp.Length; length++)
        {
            var status = IcmpQuote.Decode(icmp.AsSpan(0, length), v6: false, out var quoted);

            Assert.Equal(length < 28 ? DecodeStatus.Truncated : DecodeStatus.Ok, status);
            Assert.Equal(length >= 28 ? Packets.Source : 0, quoted.Source);
            Assert.Equal(length >= 28 ? Packets.Destination : 0, quoted.Destination);
            Assert.Equal(length >= 32, quoted.HasPorts);
            Assert.Equal(length >= 32 ? 55524 : 0, quoted.SourcePort);
            Assert.Equal(length >= 32 ? 23 : 0, quoted.DestinationPort);
            Assert.Equal(length >= 36 ? 0xC6336407 : 0, quoted.Sequence);
            Assert.Equal(length >= 42 ? 0x12 : 0, quoted.TcpFlags);
        }
    }

    [Fact]
    public void An_Ipv6_quote_is_followed_through_its_extension_headers()
    {
        byte[] extension = [17, 0, 1, 4, 0, 0, 0, 0];
        var icmp = Packets.Icmp(1, 4, Packets.Ipv6(60, [.. extension, .. Packets.Udp([1, 2, 3])]));
        for (var length = 0; length <= icmp.Length; length++)
        {
            var status = IcmpQuote.Decode(icmp.AsSpan(0, length), v6: true, out var quoted);

            Assert.Equal(length < 48 ? DecodeStatus.Truncated : DecodeStatus.Ok, status);
            Assert.Equal(length >= 48 ? Packets.Source6 : 0, quoted.Source);
            Assert.Equal(length >= 48 ? Packets.Destination6 : 0, quoted.Destination);
            Assert.Equal(length < 48 ? 0 : length < 56 ? 60 : 17, quoted.Protocol);
            Assert.Equal(length >= 60 ? 53 : 0, quoted.DestinationPort);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(8, false)]
    [InlineData(13, false)]
    [InlineData(128, true)]
    [InlineData(135, true)]
    public void Types_that_quote_nothing_are_told_apart(byte type, bool v6) =>
        Assert.Equal(DecodeStatus.Unsupported, IcmpQuote.Decode(Packets.Icmp(type, 0, new byte[60]), v6, out _));

    [Fact]
    public void A_quote_that_is_no_IP_header_is_inconsistent()
    {
        Assert.Equal(DecodeStatus.Inconsistent, IcmpQuote.Decode(Packets.Icmp(3, 0, new byte[60]), v6: false, out _));
        Assert.Equal(DecodeStatus.Inconsistent, IcmpQuote.Decode(Packets.Icmp(1, 0, new byte[60]), v6: true, out _));
        Assert.Equal(DecodeStatus.Inconsistent, IcmpQuote.Decode(Packets.Icmp(3, 0, [0x44, .. new byte[60]]), v6: false, out _));
    }

    [Fact]
    public void A_later_fragment_quotes_no_ports()
    {
        IcmpQuote.Decode(Packets.Icmp(11, 1, Packets.Ipv4(17, Packets.Udp([]), fragment: 7)), v6: false, out var quoted);

        Assert.Equal((17, false), (quoted.Protocol, quoted.HasPorts));
    }

    [Fact]
    public void Type_and_code_of_a_quoted_echo_stand_in_place_of_ports()
    {
        IcmpQuote.Decode(Packets.Icmp(3, 1, Packets.Ipv4(1, Packets.Icmp(8, 0))), v6: false, out var quoted);

        Assert.Equal((1, true, 8, 0), (quoted.Protocol, quoted.HasPorts, quoted.SourcePort, quoted.DestinationPort));
    }

    [Fact]
    public void Unreachables_of_the_real_Mirai_run_quote_its_SYNs()
    {
        var (total, syns) = (0, 0);
        var block = new FrameBlock();
        var headers = Array.Empty<PacketHeader>();
        using var source = CaptureFile.Open(Corpus.Capture("mirai-sandbox-2019.pcap"));
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            PacketDecoder.DecodeBlock(block, ref headers);
            foreach (var header in headers.AsSpan(0, block.Count))
            {
                if (header.Protocol != IpProtocol.Icmp || header.SourcePort != 3)
                    continue;

                var icmp = block.Data.AsSpan(header.IpOffset + header.TransportOffset, header.Captured - header.TransportOffset);
                Assert.Equal(DecodeStatus.Ok, IcmpQuote.Decode(icmp, v6: false, out var quoted));
                total++;
                syns += quoted is { Protocol: IpProtocol.Tcp, HasTcpFlags: true, TcpFlags: 2 } && quoted.Sequence == (uint)quoted.Destination ? 1 : 0;
            }
        }

        // tshark: 3,631 unreachables, of whose quoted SYNs 3,588 have the destination address as sequence number.
        Assert.Equal((3631, 3588), (total, syns));
    }

    [Theory]
    [InlineData("zeek-icmp-destunreach-udp.pcap", false, 17)]
    [InlineData("zeek-icmp-timeexceeded.pcap", false, 17)]
    [InlineData("zeek-icmp6-toobig.pcap", true, 17)]
    [InlineData("zeek-icmp6-destunreach-ip6ext-udp.pcap", true, 17)]
    [InlineData("zeek-icmp6-destunreach-ip6ext-trunc.pcap", true, 0)]
    public void Real_errors_quote_what_tshark_says(string name, bool v6, int protocol)
    {
        var frame = Assert.Single(Capture.CaptureBytes.ReadAll(CaptureFile.Open(Corpus.Capture(name))).Frames);
        var header = Decoding.Decode(LinkType.Ethernet, frame.Bytes, frame.WireLength);

        var icmp = frame.Bytes.AsSpan(header.IpOffset + header.TransportOffset, header.Captured - header.TransportOffset);
        Assert.Equal(DecodeStatus.Ok, IcmpQuote.Decode(icmp, v6, out var quoted));
        Assert.Equal(protocol, quoted.Protocol);
    }
}
