using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Tests.Ip;

/// <summary>Hand-made frames judged by tshark, so that builder and decoder cannot be wrong together.</summary>
public sealed class TsharkAgreementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(LinkType.Ethernet)]
    [InlineData(LinkType.LinuxSll)]
    [InlineData(LinkType.LinuxSll2)]
    [InlineData(LinkType.Null)]
    [InlineData(LinkType.Loop)]
    [InlineData(LinkType.Raw)]
    [InlineData(LinkType.RawIpv4)]
    [InlineData(LinkType.RawIpv6)]
    [InlineData(LinkType.Ppp)]
    [InlineData(LinkType.PppHdlc)]
    public void The_sample_frames_are_to_tshark_what_they_are_to_us(LinkType link)
    {
        var samples = SampleFrame.All.Where(sample => sample.Link == link).ToList();

        var rows = Judge(link, [.. samples.Select(sample => sample.Bytes)], "f");

        foreach (var (sample, row) in samples.Zip(rows))
        {
            var header = Decoding.Decode(sample);
            var isV6 = (header.Traits & PacketTraits.V6) != 0;
            Assert.Equal((sample.Name, isV6 ? "2001:db8::1" : "192.0.2.1"), (sample.Name, row[isV6 ? 1 : 0]));
            Assert.Equal((sample.Name, Text(header.Protocol, IpProtocol.Tcp, header.DestinationPort)), (sample.Name, row[2]));
            Assert.Equal((sample.Name, Text(header.Protocol, IpProtocol.Udp, header.DestinationPort)), (sample.Name, row[3]));
            Assert.Equal((sample.Name, ""), (sample.Name, row[4]));
        }
    }

    [Fact]
    public void The_sample_tunnels_hold_for_tshark_the_inner_packet_that_we_unwrap()
    {
        var rows = Judge(LinkType.Raw, [.. TunnelTests.Outer.Values], "l");

        foreach (var (name, row) in TunnelTests.Outer.Keys.Zip(rows))
            Assert.Equal((name, "8080"), (name, row[2]));
    }

    private static string Text(byte protocol, byte wanted, ushort port) => protocol == wanted ? $"{port}" : "";

    private List<string[]> Judge(LinkType link, List<byte[]> frames, string occurrence)
    {
        var path = _folder.File("frames.pcap");
        using (var writer = CaptureWriter.Create(path, link))
            frames.ForEach(frame => writer.Write(0, frame));

        var lines = Tool.Run(
            "tshark", "-r", path, "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-T", "fields", "-E", $"occurrence={occurrence}",
            "-e", "ip.src", "-e", "ipv6.src", "-e", "tcp.dstport", "-e", "udp.dstport", "-e", "_ws.malformed");
        Assert.Equal(frames.Count, lines.Count);
        return [.. lines.Select(line => line.Split('\t'))];
    }
}
