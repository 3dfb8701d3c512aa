using Kizashi.Testing;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class CorpusCountTests
{
    public static TheoryData<string> Captures =>
    [
        "bittorrent-dht.pcap", "libtrace-100_packets.pcap", "libtrace-100_packets.pcapng", "libtrace-100_packetsns.pcap",
        "libtrace-10_mpls_ip.pcap", "masscan-tcp.pcap", "mirai-probes.pcap", "mirai-sandbox-2019.pcap", "nmap-80-all.pcap",
        "ntp-mode-6-7.pcap", "slp-unsolicited-15-days.pcap", "snmp-amplification.pcapng", "ssh-hassh.pcap", "synack-reflection.pcap",
        "synscan.pcap", "telnet-session.pcap", "zeek-icmp-destunreach-udp.pcap", "zeek-icmp6-toobig.pcap",
    ];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Packets_addresses_protocols_and_ports_are_those_that_tshark_counts(string name)
    {
        var expected = TsharkReading.Of(Corpus.Capture(name));
        var (summary, kept) = Runs.Capture(name);
        Assert.Equal(expected.Packets, summary.Packets);
        Assert.Equal(expected.Sources.Count, summary.Sources);
        Assert.Equal(expected.Destinations.Count, summary.Destinations);
        Assert.Equal(expected.Protocols.ToDictionary(), summary.Protocols);
        Assert.Equal(expected.TcpPorts.ToDictionary(), summary.TcpPorts);
        Assert.Equal(expected.UdpPorts.ToDictionary(), summary.UdpPorts);
        Assert.Equal(summary.FlowTuples, kept.Flows.Count);
        Assert.Equal(summary.Packets - summary.NotIp - summary.NotDark - summary.Late, kept.Flows.Sum(row => row.Packets));
    }

    [Theory]
    [InlineData("mirai-sandbox-2019.pcap", "mirai", 4680)]
    [InlineData("mirai-probes.pcap", "mirai", 2)]
    [InlineData("masscan-tcp.pcap", "masscan", 1001)]
    [InlineData("synscan.pcap", "nmap", 1994)]
    public void The_tools_of_real_captures_are_recognized(string name, string tool, long packets) =>
        Assert.Equal(packets, Runs.Capture(name).Summary.Fingerprints[tool]);

    [Theory]
    [InlineData("telnet-session.pcap")]
    [InlineData("ssh-hassh.pcap")]
    [InlineData("bittorrent-dht.pcap")]
    public void Ordinary_traffic_bears_no_tools_mark(string name) => Assert.Empty(Runs.Capture(name).Summary.Fingerprints);

    [Fact]
    public void Days_without_packets_cost_no_intervals()
    {
        var (summary, kept) = Runs.Capture("slp-unsolicited-15-days.pcap");
        Assert.InRange(kept.Intervals.Count, 300, (int)summary.Packets);
        Assert.True(summary.LastPacket - summary.FirstPacket > TimeSpan.FromDays(14));
    }

    [Fact]
    public void A_mirai_probe_with_a_wrong_header_length_is_malformed_and_observed_all_the_same()
    {
        var (summary, kept) = Runs.Capture("mirai-probes.pcap");
        Assert.Equal(2, summary.Malformed);
        Assert.Equal([23, 23], kept.Flows.Select(row => (int)row.Key.DestinationPort));
    }
}
