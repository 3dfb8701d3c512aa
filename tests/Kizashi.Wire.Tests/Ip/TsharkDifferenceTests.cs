using Kizashi.Testing;
using Kizashi.Testing.Fuzzing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Tests.Ip;

/// <summary>Mutated frames, decoded by us and by tshark.</summary>
public sealed class TsharkDifferenceTests : IDisposable
{
    private const int Frames = 3000;
    private static readonly string[] Seeds = ["TCP", "UDP", "ICMP", "TCP options", "IPv4 options", "IPv6 TCP", "IPv6 UDP", "ICMPv6", "VLAN"];
    private static readonly string[] OwnLayers = ["eth", "vlan", "ip", "ipv6", "tcp", "udp", "icmp", "icmpv6"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_tshark_cannot_decode_is_malformed_to_us_and_ports_that_both_decode_are_the_same()
    {
        var mutator = new Mutator(seed: 7, [.. Seeds.Select(name => SampleFrame.Named(name).Bytes)]);
        var frames = Enumerable.Range(0, Frames).Select(_ => mutator.Next().ToArray()).ToList();
        var verdicts = Judge(frames);
        var (malformed, missed, compared) = (0, 0, 0);
        foreach (var (frame, verdict) in frames.Zip(verdicts))
        {
            var header = Decoding.Decode(LinkType.Ethernet, frame);
            var layers = verdict[0].Split(':');
            if (verdict[1].Length > 0 && OwnLayers.Contains(layers[^1]))
            {
                malformed++;
                missed += header.Status.IsMalformed ? 0 : 1;
            }

            var isPlain = header is { Status: DecodeStatus.Ok, Protocol: IpProtocol.Tcp or IpProtocol.Udp }
                && (header.Traits & (PacketTraits.LaterFragment | PacketTraits.IpOptions)) == 0;
            if (!isPlain)
                continue;

            compared++;
            Assert.Equal($"{header.DestinationPort}", verdict[header.Protocol == IpProtocol.Tcp ? 2 : 3]);
        }

        // tshark also judges what is inside options, which no decision of ours depends on: one in a hundred at most.
        Assert.InRange(missed, 0, malformed / 100);
        Assert.True(malformed > 300 && compared > 300, $"{malformed} malformed, {compared} compared");
    }

    private List<string[]> Judge(List<byte[]> frames)
    {
        var path = _folder.File("frames.pcap");
        using (var writer = CaptureWriter.Create(path))
        {
            // Seconds apart, so that no two frames make a connection to tshark.
            for (var i = 0; i < frames.Count; i++)
                writer.Write(i * 1_000_000L, frames[i]);
        }

        var lines = Tool.Run(
            "tshark", "-r", path, "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE",
            "-T", "fields", "-E", "occurrence=f", "-e", "frame.protocols", "-e", "_ws.malformed", "-e", "tcp.dstport", "-e", "udp.dstport");
        Assert.Equal(frames.Count, lines.Count);
        return [.. lines.Select(line => line.Split('\t'))];
    }
}
