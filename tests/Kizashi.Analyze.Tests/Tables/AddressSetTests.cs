using Kizashi.Analyze.Scans;
using Kizashi.Analyze.Tables;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Tests.Tables;

public sealed class AddressSetTests
{
    [Theory]
    [InlineData("10.0.0.0/28")]
    [InlineData("10.0.0.0/22")]
    [InlineData("0.0.0.0/16")]
    [InlineData("255.255.0.0/16")]
    public void Destinations_are_counted_exactly_in_every_form_of_the_set(string dark)
    {
        var prefix = Prefix.Parse(dark);
        var options = Traffic.Options with { Dark = new PrefixSet([prefix]) };
        var random = new Random(3);
        var packets = Enumerable.Range(0, 40_000).Select(number => Traffic.Syn(1, 0, number) with
        {
            Destination = Address.FromV4(prefix.First.V4 + (uint)random.Next((int)Math.Min(prefix.Size, 20_000))),
        }).ToArray();
        var run = new AnalyzerRun(options, 1).Take(new SensorDouble(1, 1, mostPerBatch: 4000).Deliver(packets))
            .Finish();

        var scan = run.Ended<ScanFinding>().Single();
        Assert.True(scan.DestinationsExact);
        Assert.Equal(packets.Select(packet => packet.Destination).Distinct().Count(), scan.Destinations);
    }

    [Fact]
    public void IPv6_destinations_are_counted_exactly_too()
    {
        var packets = Enumerable.Range(0, 30_000).Select(number => Traffic.SynV6(1, number % 17_000, number)).ToArray();
        var run = new AnalyzerRun(Traffic.Options, 1).Take(new SensorDouble(1, 1, mostPerBatch: 4000).Deliver(packets))
            .Finish();

        Assert.Equal(17_000, run.Ended<ScanFinding>().Single().Destinations);
    }

    [Fact]
    public void A_source_that_tries_every_port_has_all_of_them_counted()
    {
        var options = Traffic.Options with { Aggressive = new AggressiveOptions { MinSources = 1, Top = 0.5 } };
        var packets = Enumerable.Range(0, 131_072)
            .Select(number => Traffic.Syn(1, number, number / 2, (ushort)number) with
            {
                Protocol = (byte)(number < 65_536 ? 6 : 17),
                TcpFlags = (byte)(number < 65_536 ? 2 : 0),
            });
        var run = new AnalyzerRun(options, 1).Take(new SensorDouble(1, 1, 0, 20_000).Deliver(packets)).Finish();

        var scanner = run.Ended<AggressiveScannerFinding>().Single();
        Assert.Equal((131_072L, 131_072L, true), (scanner.Ports, scanner.Packets, scanner.IsExact));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(65_536)]
    public void An_estimate_of_regular_addresses_is_no_worse_than_of_any(uint stride)
    {
        const int Number = 40_000;
        var arena = new SetArena(64 << 10);
        var set = default(AddressSet<uint>);
        for (var number = 0u; number < Number; number++)
            set.Add(0x0A00_0000 + (number * stride), arena, null);

        // Count is two standard errors of 3.25 % below the estimate; the estimate may be three of them off.
        Assert.False(set.IsExact);
        Assert.InRange(set.Count / (1 - (2 * 0.0325)), Number * (1 - (3 * 0.0325)), Number * (1 + (3 * 0.0325)));
        set.Clear(arena);
    }
}
