namespace Kizashi.Wire.Tests.Capture;

/// <summary>What capinfos and tshark 4.0 say about a capture of the corpus.</summary>
public sealed record CorpusCounts(string File, int Packets, int Sources, int Destinations, int Malformed, string Protocols)
{
    /// <summary>Distinct outermost addresses and packets per outermost protocol, computed once by tshark.</summary>
    public static readonly IReadOnlyList<CorpusCounts> All =
    [
        new("bittorrent-dht.pcap", 16, 3, 3, 0, "17:16"),
        new("libtrace-100_packets.pcap", 100, 42, 38, 0, "6:92 17:7 50:1"),
        new("libtrace-100_packets.pcapng", 100, 42, 38, 0, "6:92 17:7 50:1"),
        new("libtrace-100_packetsns.pcap", 100, 42, 38, 0, "6:92 17:7 50:1"),
        new("libtrace-100_sll.pcap", 100, 0, 0, 0, ""),
        new("libtrace-10_mpls_ip.pcap", 10, 2, 2, 0, "1:10"),
        new("libtrace-complex.pcapng", 5, 3, 2, 0, "17:5"),
        new("libtrace-qinq.pcap", 2, 0, 0, 0, ""),
        new("masscan-tcp.pcap", 1005, 1, 1, 0, "6:1005"),
        new("mirai-probes.pcap", 2, 1, 2, 2, "6:2"),
        new("mirai-sandbox-2019.pcap", 8919, 86, 4683, 0, "1:3631 6:5281 17:5"),
        new("nmap-80-all.pcap", 431, 2, 2, 0, "1:6 6:425"),
        new("ntp-mode-6-7.pcap", 9, 1, 1, 0, "17:9"),
        new("slp-unsolicited-15-days.pcap", 629, 300, 10, 0, "17:629"),
        new("snmp-amplification.pcapng", 4373, 4276, 1, 0, "1:294 17:4079"),
        new("ssh-hassh.pcap", 35, 7, 8, 0, "6:24 17:5"),
        new("synack-reflection.pcap", 8000, 7055, 1, 0, "1:153 6:7679 17:164"),
        new("synscan.pcap", 2011, 2, 2, 0, "6:2011"),
        new("telnet-session.pcap", 92, 2, 2, 0, "6:92"),
        new("zeek-icmp-destunreach-udp.pcap", 1, 1, 1, 0, "1:1"),
        new("zeek-icmp-timeexceeded.pcap", 1, 1, 1, 0, "1:1"),
        new("zeek-icmp6-destunreach-ip6ext-trunc.pcap", 1, 1, 1, 0, "58:1"),
        new("zeek-icmp6-destunreach-ip6ext-udp.pcap", 1, 1, 1, 0, "58:1"),
        new("zeek-icmp6-toobig.pcap", 1, 1, 1, 0, "58:1"),
    ];
}
