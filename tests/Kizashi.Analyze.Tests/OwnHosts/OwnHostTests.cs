using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.OwnHosts;

public sealed class OwnHostTests
{
    private static readonly AnalyzeOptions Options = Traffic.Options with
    {
        Own = new PrefixSet([Prefix.Parse("10.0.0.0/29"), Prefix.Parse("2001:db8::/126")], [Prefix.Parse("10.0.0.3")]),
    };

    [Fact]
    public void The_first_packet_of_an_own_host_is_told_at_the_next_interval()
    {
        var run = new AnalyzerRun(Options, 1).Take(new SensorDouble(1, 1, 0).Deliver(
            [Traffic.Syn(2, 5, 0, 445) with { Marks = PacketMarks.Mirai }]));
        run.Advance(Traffic.Start + 1000);

        var host = Assert.Single(run.Findings.OfType<OwnHostFinding>());
        Assert.Equal((Traffic.Source(2), 1L, 1L, false), (host.Host, host.Packets, host.Destinations, host.Answers));
        Assert.Equal(["tcp/445"], host.Ports);
        Assert.Empty(host.Tools);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Addresses_outside_and_those_cut_out_are_no_own_hosts(int source)
    {
        var run = new AnalyzerRun(Options).Take(new SensorDouble(1).Deliver([Traffic.Syn(source, 5, 0)])).Finish();

        Assert.Empty(run.Findings);
    }

    [Fact]
    public void Answers_of_an_own_host_are_an_event_of_their_own()
    {
        var run = new AnalyzerRun(Options).Take(new SensorDouble(1).Deliver(
            [Traffic.Syn(2, 5, 0), Traffic.Syn(2, 5, 100) with { TcpFlags = 18 }])).Finish();

        Assert.Equal([false, true], run.Ended<OwnHostFinding>().Select(host => host.Answers).Order());
    }

    [Fact]
    public void Exactly_the_own_hosts_of_the_slow_implementation_are_found()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var packets = Traffic.Random(seed, 3000);
            var run = new AnalyzerRun(Options, 2).Take(new SensorDouble(seed, 2, 5000, 300).Deliver(packets)).Finish();

            Assert.Equal(ReferenceOwnHosts.Find(packets, Options.Own), run.Ended<OwnHostFinding>()
                .Select(host => new ReferenceOwnHost(
                    host.Host, host.Answers, host.FirstSeen.ToUnixTimeMilliseconds(),
                        host.LastSeen.ToUnixTimeMilliseconds(),
                    host.Packets, host.Destinations))
                .OrderBy(host => host.Host)
                .ThenBy(host => host.Answers)
                .ThenBy(host => host.FirstMillis));
        }
    }

    [Fact]
    public void A_host_that_sends_to_more_destinations_than_are_kept_says_at_least()
    {
        var options = Options with { OwnHosts = new() { MaxDestinations = 20 } };
        var packets = Traffic.Sweep(21, 0, 1000, (number, millis) => Traffic.Syn(2, number, millis));
        var host = new AnalyzerRun(options).Take(new SensorDouble(1).Deliver(packets)).Finish().Ended<OwnHostFinding>()
            .Single();

        Assert.Equal((20, false), (host.Destinations, host.DestinationsExact));
    }
}
