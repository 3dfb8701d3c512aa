using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Filters;
using Kizashi.Wire.Tests.Capture;
using PacketDotNet;
using SharpPcap.LibPcap;

namespace Kizashi.Wire.Tests.Filters;

public sealed class BpfFilterTests
{
    public static TheoryData<string> Expressions =>
    [
        "tcp", "udp port 427", "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn", "icmp[0] == 3", "net 10.0.0.0/8",
        "ip[8] > 100", "len > 100", "greater 60 and not arp", "tcp dst portrange 1-1024", "ip6", "vlan", "mpls", "host 192.168.1.1 or icmp",
        "ip[2:2] - ((ip[0]&0xf)<<2) - ((tcp[12]&0xf0)>>2) != 0", "ip[4:2] == 54321", "ip proto 17 and ip[6:2] & 0x1fff = 0",
        "tcp[4:4] = ip[16:4]", "ip[8] * 2 / 3 > 40", "ip[8] % 7 = 3", "(ip[12] ^ ip[16]) & 0x0f = 1", "ether[0] & 1 = 1", "icmp6", "",
    ];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Frames_match_as_libpcap_says(string expression)
    {
        var matches = 0;
        foreach (var name in new[] { "mirai-sandbox-2019.pcap", "nmap-80-all.pcap", "slp-unsolicited-15-days.pcap", "zeek-icmp6-toobig.pcap" })
        {
            var frames = CaptureBytes.ReadAll(CaptureFile.Open(Corpus.Capture(name))).Frames;
            using var reference = BpfProgram.Create(LinkLayers.Ethernet, expression);
            var filter = BpfFilter.Compile(expression, LinkType.Ethernet);
            foreach (var frame in frames)
            {
                var expected = reference.Matches(frame.Bytes);
                Assert.Equal(expected, filter.Matches(frame.Bytes, frame.Bytes.Length));
                matches += expected ? 1 : 0;
            }
        }

        Assert.True(matches > 0 || expression is "vlan" or "mpls");
    }

    [Theory]
    [InlineData("tcp[4:4] = ip[16:4]", "mirai-sandbox-2019.pcap", 4680)]
    [InlineData("udp and dst port 427", "slp-unsolicited-15-days.pcap", 629)]
    public void A_filtered_source_gives_the_matching_frames(string expression, string name, int expected)
    {
        using var source = new FilteredSource(CaptureFile.Open(Corpus.Capture(name)), expression);

        Assert.InRange(CaptureBytes.ReadAll(source).Frames.Count, expected, expected + 1);
    }

    [Theory]
    [InlineData("tcp and and", "filter expression \"tcp and and\": can't parse filter expression: syntax error")]
    [InlineData("port http99", "unknown port 'http99'")]
    [InlineData("nonsense", "filter expression \"nonsense\": ")]
    [InlineData("tcp\0udp", "filter expression: it contains a NUL character")]
    public void A_wrong_expression_is_refused_with_the_compiler_s_words(string expression, string words)
    {
        var refusal = Assert.Throws<FilterException>(() => BpfFilter.Compile(expression, LinkType.Ethernet));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_that_can_match_nothing_matches_nothing() =>
        Assert.False(BpfFilter.Compile("ip and ip6", LinkType.Ethernet).Matches(new byte[60], 60));

    [Fact]
    public void Every_link_type_can_be_filtered()
    {
        foreach (var link in Enum.GetValues<LinkType>())
            Assert.False(BpfFilter.Compile("host 1.2.3.4", link).Matches(new byte[60], 60));
    }

    [Fact]
    public void The_filter_is_compiled_anew_for_another_link_type()
    {
        byte[] packet = [0x45, 0, 0, 28, 0, 0, 0, 0, 9, 17, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 7, 0, 9, 0, 8, 0, 0];
        byte[] ethernet = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, .. packet];
        var file = new PcapngBytes(bigEndian: false).Section().Interface(1).Interface((ushort)LinkType.Raw);
        file.Packet(6, 0, 1, new TestFrame(0, ethernet, 42)).Packet(6, 1, 2, new TestFrame(0, packet, 28));
        file.Packet(6, 0, 3, new TestFrame(0, packet, 28)).Packet(6, 1, 4, new TestFrame(0, ethernet, 42));
        using var source = new FilteredSource(CaptureFile.Open(new MemoryStream(file.ToArray()), "mixed"), "dst port 9");

        Assert.Equal([1, 2], CaptureBytes.ReadAll(source).Frames.Select(frame => (int)frame.TimeMicros));
    }

    [Fact]
    public void Positions_are_those_of_the_unfiltered_content_and_hashes_tell_filters_apart()
    {
        var content = CaptureBytes.Pcap(TestFrame.Series(20_000));
        (long Position, UInt128 Hash) Last(string? expression)
        {
            var source = CaptureFile.Open(new MemoryStream(content), "test");
            using var read = expression is null ? source : new FilteredSource(source, expression);
            var block = new FrameBlock();
            while (read.Read(block) == FrameSourceStatus.Frames)
                continue;

            return (block.Position, block.ContentHash);
        }

        Assert.Equal(Last("ether[0] < 200"), Last("ether[0] < 200"));
        Assert.Equal(Last(null).Position, Last("ether[0] < 200").Position);
        Assert.NotEqual(Last("ether[0] < 100").Hash, Last("ether[0] < 200").Hash);
        Assert.NotEqual(Last(null).Hash, Last("ether[0] < 200").Hash);
    }
}
