using System.Diagnostics;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Responder;
using Kizashi.Observe.Telescope.Sources;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope.Responder;

/// <summary>A real client and a flood, in network namespaces made for the test.</summary>
public sealed class ResponderOnWireTests
{
    private const int Rate = 10;
    private static readonly PrefixSet Dark = new([Prefix.Parse("198.51.100.0/24")]);

    [Fact]
    public void A_kernels_connection_opens_and_its_first_payload_is_kept_and_not_counted()
    {
        using var wire = VethPair.Make();
        wire.Address("203.0.113.9/24", "198.51.100.0/24");
        var kept = new KeptSink();
        var (status, summary) = Observe(wire, kept, responder =>
        {
            wire.Client("import socket\ns=socket.create_connection(('198.51.100.7',8080),5)\ns.sendall(b'GET /probe HTTP/1.1\\r\\nHost: 198.51.100.7\\r\\n\\r\\n')");
            SpinWait.SpinUntil(() => responder.Status.Payloads > 0, TimeSpan.FromSeconds(10));
        });
        Assert.Equal((1, 1), (status.Answered, status.Payloads));
        Assert.InRange(status.Elicited, 2, 100);
        var payload = Assert.Single(kept.Samples, sample => sample.Port == 8080);
        Assert.Contains("GET /probe HTTP/1.1", System.Text.Encoding.ASCII.GetString(payload.Bytes), StringComparison.Ordinal);
        Assert.Equal(1, kept.Flows.Where(row => row.Key.DestinationPort == 8080).Sum(row => row.Packets));
        Assert.True(summary.Packets >= 1);
    }

    [Fact]
    public void Of_a_flood_no_more_syn_acks_leave_the_interface_than_the_rate_allows()
    {
        const int Sources = 20_000;
        using var wire = VethPair.Make();
        using var folder = new TemporaryFolder();
        var capture = Path.Combine(folder.Path, "flood.pcap");
        using (var file = File.Create(capture))
        using (var writer = new PcapWriter(file, LinkType.Ethernet))
        {
            for (var n = 0; n < Sources; n++)
                writer.Write(1_700_000_000_000_000 + n, FrameBuilder.Tcp(Address.FromV4(0x0B000000 + (uint)n), Address.FromV4(0xC6336400 + (uint)(n & 255)), 1024, 23, 2));
        }

        var before = wire.SentByReceiver();
        var started = Stopwatch.GetTimestamp();
        var (status, _) = Observe(wire, new KeptSink(), responder =>
        {
            wire.Send("tcpreplay", "--pps=10000", "--loop=2", capture);
            SpinWait.SpinUntil(() => responder.Status.Answered + responder.Status.HeldByRate + responder.Status.HeldBySource >= 2 * Sources, TimeSpan.FromSeconds(20));
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var left = wire.SentByReceiver() - before;
        Assert.Equal(2 * Sources, status.Answered + status.HeldByRate + status.HeldBySource);
        Assert.InRange(status.Answered, Rate, (Rate * seconds) + Rate);
        Assert.Equal(status.Answered, left);
    }

    private static (Core.Sensors.ResponderStatus Status, TelescopeSummary Summary) Observe(VethPair wire, KeptSink kept, Action<RespondingSource> act)
    {
        var inner = InterfaceTests.Open(wire, new InterfaceOptions { Filter = "tcp", Sends = true });
        using var source = new RespondingSource(inner, inner, Dark, new ResponderOptions { PerSecond = Rate }, TimeProvider.System);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var telescope = new Observe.Telescope.Telescope(
            new() { Pace = TelescopePace.Live, Dark = Dark, FlushInterval = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);
        TelescopeSummary? summary = null;
        var run = new Thread(() => summary = telescope.Run(source, new PayloadSink(kept, source), cancellation.Token));
        run.Start();
        act(source);
        var seen = kept.Intervals.Count;
        SpinWait.SpinUntil(() => kept.Intervals.Count > seen + 2, TimeSpan.FromSeconds(15));
        cancellation.Cancel();
        run.Join();
        return (source.Status, summary!);
    }
}
