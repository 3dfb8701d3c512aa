using CsCheck;
using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Dissection;
using Kizashi.Wire.Tests.Capture;
using Kizashi.Wire.Tests.Ip;

namespace Kizashi.Wire.Tests.Dissection;

public sealed class PacketDissectionTests
{
    [Fact]
    public void A_SYN_is_shown_with_all_its_fields_and_their_places()
    {
        var packet = Packets.Ipv4(6, Packets.Tcp(options: [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]));

        var layers = PacketDissection.Dissect(packet);

        Assert.Equal(["IPv4", "TCP"], layers.Select(layer => layer.Name));
        Assert.Equal(new DissectedField("Time to live", "61", 8, 1), Field(layers, "IPv4", "Time to live"));
        Assert.Equal(new DissectedField("Identification", "54321 (ZMap)", 4, 2), Field(layers, "IPv4", "Identification"));
        Assert.Equal(new DissectedField("Source", "192.0.2.1", 12, 4), Field(layers, "IPv4", "Source"));
        Assert.EndsWith("(correct)", Field(layers, "IPv4", "Header checksum").Value, StringComparison.Ordinal);
        Assert.Equal(new DissectedField("Destination port", "23", 22, 2), Field(layers, "TCP", "Destination port"));
        Assert.Equal(new DissectedField("Flags", "0x02 (SYN)", 33, 1), Field(layers, "TCP", "Flags"));
        var options = layers[1].Fields.Where(field => field.Name == "Option").ToList();
        Assert.Equal(
            ["maximum segment size 1460", "selective acknowledgment permitted", "timestamp 1, echo 0", "no operation", "window scale 7"],
            options.Select(option => option.Value));
        Assert.Equal((40, 4), (options[0].Offset, options[0].Length));
    }

    [Fact]
    public void A_changed_header_shows_a_wrong_checksum()
    {
        var packet = Packets.Ipv4(6, Packets.Tcp());
        packet[8]--;

        Assert.EndsWith("(wrong)", Field(PacketDissection.Dissect(packet), "IPv4", "Header checksum").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_packet_quoted_by_an_error_is_shown_as_layers_of_its_own()
    {
        var layers = PacketDissection.Dissect(Packets.Ipv4(1, Packets.Icmp(3, 3, Packets.Ipv4(17, Packets.Udp("hello"u8.ToArray())))));

        Assert.Equal(["IPv4", "ICMP", "Quoted IPv4", "Quoted UDP", "Quoted Payload"], layers.Select(layer => layer.Name));
        Assert.Equal("3 (destination unreachable)", Field(layers, "ICMP", "Type").Value);
        Assert.Equal(new DissectedField("Destination port", "53", 50, 2), Field(layers, "Quoted UDP", "Destination port"));
        Assert.Equal("hello", Field(layers, "Quoted Payload", "Text").Value);
    }

    [Fact]
    public void Extension_headers_of_Ipv6_are_layers()
    {
        var layers = PacketDissection.Dissect(SampleFrame.Named("IPv6 extensions").Bytes.AsMemory(14));

        Assert.Equal(
            ["IPv6", "IPv6 hop-by-hop options", "IPv6 destination options", "IPv6 routing", "Authentication header", "IPv6 fragment", "TCP"],
            layers.Select(layer => layer.Name));
        Assert.Equal("2001:db8::1", Field(layers, "IPv6", "Source").Value);
        Assert.Equal("yes", Field(layers, "IPv6 fragment", "More fragments").Value);
    }

    [Fact]
    public void An_inner_packet_is_shown_behind_the_outer() =>
        Assert.Equal(
            ["IPv4", "IPv6", "TCP"], PacketDissection.Dissect(TunnelTests.Outer["6in4"]).Select(layer => layer.Name));

    [Fact]
    public void Every_truncation_is_shown_as_far_as_it_goes()
    {
        foreach (var packet in new[] { Packets.Ipv4(6, Packets.Tcp()), SampleFrame.Named("IPv6 extensions").Bytes[14..] })
        {
            for (var length = 1; length < packet.Length; length++)
            {
                var layers = PacketDissection.Dissect(packet.AsMemory(0, length));
                Assert.Contains(layers[^1].Fields, field => field.Name == "Cut off" || field.Value.StartsWith("kind", StringComparison.Ordinal));
                AssertInside(layers, length);
            }
        }
    }

    [Fact]
    public void Any_bytes_are_taken_and_every_field_lies_inside_them() =>
        Gen.Byte.Array[0, 200].Sample(bytes => AssertInside(PacketDissection.Dissect(bytes), bytes.Length), iter: 5000);

    [Theory]
    [InlineData("mirai-sandbox-2019.pcap")]
    [InlineData("zeek-icmp6-destunreach-ip6ext-udp.pcap")]
    public void Real_packets_are_shown_without_anything_left_over(string name)
    {
        foreach (var frame in CaptureBytes.ReadAll(CaptureFile.Open(Corpus.Capture(name))).Frames)
        {
            var header = Decoding.Decode(LinkType.Ethernet, frame.Bytes, frame.WireLength);
            if (header.IpOffset < 0)
                continue;

            var layers = PacketDissection.Dissect(frame.Bytes.AsMemory(header.IpOffset, header.Captured));
            AssertInside(layers, header.Captured);
            Assert.True(layers.Count >= 2);
            Assert.Contains(layers[0].Name, (string[])["IPv4", "IPv6"]);
        }
    }

    internal static void AssertInside(IReadOnlyList<DissectedLayer> layers, int length)
    {
        foreach (var field in layers.SelectMany(layer => layer.Fields))
            Assert.True(field.Offset >= 0 && field.Length >= 0 && field.Offset + field.Length <= length, $"{field} beyond {length}");
    }

    private static DissectedField Field(IReadOnlyList<DissectedLayer> layers, string layer, string field) =>
        layers.Single(candidate => candidate.Name == layer).Fields.Single(candidate => candidate.Name == field);
}
