using System.Text.Json.Nodes;
using Kizashi.Testing;

namespace Kizashi.EndToEnd.Tests;

/// <summary>Real captures through `kizashi watch`, compared with tshark's reading of the same file.</summary>
public sealed class CaptureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Captures => [
        "bittorrent-dht.pcap", "libtrace-100_packets.pcap", "libtrace-100_packets.pcapng", "libtrace-100_packetsns.pcap",
        "libtrace-100_sll.pcap", "libtrace-10_mpls_ip.pcap", "libtrace-complex.pcapng", "libtrace-qinq.pcap",
        "masscan-tcp.pcap", "mirai-probes.pcap", "nmap-80-all.pcap", "ntp-mode-6-7.pcap", "slp-unsolicited-15-days.pcap",
        "snmp-amplification.pcapng", "ssh-hassh.pcap", "synack-reflection.pcap", "synscan.pcap", "telnet-session.pcap",
        "zeek-icmp-destunreach-udp.pcap", "zeek-icmp-timeexceeded.pcap", "zeek-icmp6-destunreach-ip6ext-trunc.pcap",
        "zeek-icmp6-destunreach-ip6ext-udp.pcap", "zeek-icmp6-toobig.pcap",
    ];

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task Counts_are_those_of_tshark(string name)
    {
        var file = Corpus.Capture(name);
        var result = (await KizashiProcess.RunAsync("watch", file, "--json", "--quiet", "--data", _folder.Path)).Expect(0).Json;
        await CompareAsync(file, result);
    }

    [Fact]
    public async Task A_capture_cut_in_its_last_record_is_processed_up_to_there_and_named()
    {
        var file = Corpus.Capture("mirai-sandbox-2019.pcap");
        var run = (await KizashiProcess.RunAsync("watch", file, "--json", "--quiet", "--data", _folder.Path)).Expect(3);
        await CompareAsync(file, run.Json);
        Assert.Equal(8919, (long)run.Json["packets"]!);
        Assert.Equal(4680, (long)run.Json["fingerprints"]!["mirai"]!);
        Assert.Contains("mirai-sandbox-2019.pcap", run.Errors, StringComparison.Ordinal);
        Assert.Matches(@"byte \d+", run.Errors);
    }

    [Theory]
    [InlineData("masscan-tcp.pcap", "masscan", 1001)]
    [InlineData("mirai-probes.pcap", "mirai", 2)]
    public async Task Tools_are_recognized(string name, string tool, long packets)
    {
        var file = Corpus.Capture(name);
        var result = (await KizashiProcess.RunAsync("watch", file, "--json", "--quiet", "--data", _folder.Path)).Expect(0).Json;
        Assert.Equal(packets, (long)result["fingerprints"]![tool]!);
    }

    [Fact]
    public async Task The_victim_of_a_reflection_is_not_taken_for_a_scanner()
    {
        var file = Corpus.Capture("synack-reflection.pcap");
        var result = (await KizashiProcess.RunAsync("watch", file, "--json", "--quiet", "--data", _folder.Path)).Expect(0).Json;
        Assert.Equal(8000, (long)result["packets"]!);
        Assert.Equal(7055, (long)result["sources"]!);
        Assert.Equal(0, (long)result["scans"]!);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task CompareAsync(string file, JsonObject result)
    {
        // tshark also shows pcapng's custom blocks as frames; those have no encapsulation.
        var rows = (await Tshark.FieldsAsync(file, "frame.encap_type", "ip.src", "ip.dst", "ip.proto", "ipv6.src", "ipv6.dst"))
            .Where(row => Field(row, 0).Length > 0).ToList();
        Assert.Equal(rows.Count, (long)result["packets"]!);
        Assert.Equal(Distinct(rows, 1, 4), (long)result["sources"]!);
        Assert.Equal(Distinct(rows, 2, 5), (long)result["destinations"]!);
        var protocols = result["protocols"]!.AsObject();
        foreach (var group in rows.Where(row => Field(row, 3).Length > 0 && Field(row, 4).Length == 0).GroupBy(row => Field(row, 3)))
            Assert.True((long)(protocols[group.Key] ?? 0) >= group.Count(), $"protocol {group.Key}: {protocols}");

        var ip = rows.Count(row => Field(row, 1).Length > 0 || Field(row, 4).Length > 0);
        Assert.Equal(ip, protocols.Sum(pair => (long)pair.Value!));
    }

    private static long Distinct(IEnumerable<string[]> rows, int v4, int v6) =>
        rows.Select(row => Field(row, v4) is { Length: > 0 } address ? address : Field(row, v6))
            .Where(address => address.Length > 0).Distinct().Count();

    private static string Field(string[] row, int index) => index < row.Length ? row[index] : "";
}
