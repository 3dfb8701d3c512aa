using System.Text.Json;
using Kizashi.Analyze.Reflections;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Testing;
using Kizashi.Testing.Reference;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Analyze.Tests.Reflections;

public sealed class ReflectionTests
{
    private static readonly Address Victim = Address.Parse("203.0.113.9");
    private static readonly Prefix VictimAlone = new(Victim, 32);

    [Fact]
    public void A_hundred_requests_to_one_service_are_an_attack_and_ninety_nine_slow_ones_are_none()
    {
        var found = Run(Requests(Victim, 100, 30_000, 53));
        Assert.Equal((FindingState.Ended, true, 100L), (found[^1].State, found[^1].Confirmed, found[^1].Requests));
        Assert.Equal(["udp/53"], found[^1].Ports);
        Assert.Equal(2, found[^1].MaxPerMinute);
        Assert.Single(found.Select(attack => attack.EventId).Distinct());
        Assert.Empty(Run(Requests(Victim, 99, 30_000, 53)));
        Assert.Empty(Run([.. Requests(Victim, 60, 30_000, 53), .. Requests(Victim, 60, 30_000, 123)]));
    }

    [Fact]
    public void What_several_sensors_see_is_one_attack_though_none_of_them_sees_enough()
    {
        string[] sensors = ["osaka", "kyoto", "nara"];
        var analyzer = AnalyzerSet.CreateForReflectors(Traffic.Options, 2);
        var findings = new List<Finding>();
        int[] each = [50, 40, 20];
        var deliveries = sensors.Select((sensor, at) => new SensorDouble(1, 2, 200, 10)
            .Deliver([.. Requests(Victim, each[at], 30_000, 53)], []).Select(delivery => (Sensor: sensor, delivery.Batches, delivery.Watermark))).SelectMany(one => one);
        foreach (var (sensor, batches, watermark) in deliveries.OrderBy(delivery => delivery.Watermark))
        {
            foreach (var batch in batches)
                analyzer.Observe(Of(sensor, batch));

            analyzer.Advance(watermark, findings);
        }

        analyzer.Finish(findings);
        var attack = findings.OfType<ReflectorAttackFinding>().Last();
        Assert.Equal((true, 110L), (attack.Confirmed, attack.Requests));
        Assert.Equal(sensors, attack.Sensors);
        Assert.Single(findings.Select(finding => finding.EventId).Distinct());
    }

    [Fact]
    public void Fast_requests_are_told_of_within_two_seconds_and_confirmed_with_the_hundredth()
    {
        var found = Run(Requests(Victim, 400, 100, 123), perBatch: 2);
        Assert.False(found[0].Confirmed);
        Assert.InRange((found[0].LastSeen - found[0].FirstSeen).TotalSeconds, 0.8, 2);
        var confirmed = found.First(attack => attack.Confirmed);
        Assert.InRange((confirmed.LastSeen - confirmed.FirstSeen).TotalSeconds, 9.8, 11);
    }

    [Fact]
    public void The_last_requests_are_told_of_within_ten_seconds_though_they_are_few()
    {
        // Another source goes on, so that time does.
        var found = Run(Requests(Victim, 203, 100, 123).Concat(Requests(Address.Parse("203.0.113.77"), 60, 1_000, 53)), perBatch: 2);
        var last = found.Last(attack => attack.Victim == VictimAlone && attack.State == FindingState.Ongoing);
        Assert.Equal(203, last.Requests);
        Assert.Single(found, attack => attack.Victim == VictimAlone && attack.State == FindingState.Ended);
    }

    [Fact]
    public void Several_services_and_pulses_are_one_attack_and_after_an_hour_another_one()
    {
        var pulses = Requests(Victim, 150, 50, 53).Concat(Requests(Victim, 150, 50, 123, 600_000)).Concat(Requests(Victim, 150, 50, 389, 3_000_000));
        Assert.Single(Run(pulses).Select(attack => attack.EventId).Distinct());
        Assert.Equal(["udp/123", "udp/389", "udp/53"], Run(pulses)[^1].Ports.Order(StringComparer.Ordinal));
        Assert.Equal(2, Run(Requests(Victim, 150, 50, 53).Concat(Requests(Victim, 150, 50, 53, 3_700_000))).Select(attack => attack.EventId).Distinct().Count());
    }

    [Fact]
    public void A_scanner_that_tries_every_service_of_every_reflector_is_no_attack()
    {
        ushort[] ports = [17, 19, 53, 123, 1900, 11211];
        var scan = Enumerable.Range(0, 64 * ports.Length).Select(n => Request(Victim, n * 20, ports[n % ports.Length], n / ports.Length));
        Assert.Empty(Run(scan));
    }

    [Fact]
    public void Restarts_change_nothing_and_a_flood_of_sources_evicts_no_attack()
    {
        var random = new Random(3);
        var packets = Requests(Victim, 300, 200, 53)
            .Concat(Enumerable.Range(0, 20_000).Select(n => Request(Address.FromV4((uint)random.NextInt64(1L << 32)), n * 3, 123, 0)));
        var options = new ReflectionOptions { MaxSources = 1_000, MaxFollowed = 200 };
        var whole = Run(packets, options);
        var attack = Assert.Single(whole, finding => finding.State == FindingState.Ended);
        Assert.Equal((VictimAlone, 300L), (attack.Victim, attack.Requests));
        Assert.Equal(Texts(whole), Texts(Run(packets, options, restart: 7)));
    }

    [Fact]
    public void Who_comes_slowly_through_a_flood_is_found_though_it_loses_its_place_again_and_again()
    {
        var random = new Random(5);
        var slow = Requests(Victim, 150, 2_000, 53);
        var flood = Enumerable.Range(0, 100_000).Select(n => Request(Address.FromV4((uint)random.NextInt64(1L << 32)), n * 3, 123, 0));
        var attack = Assert.Single(Run(slow.Concat(flood), new ReflectionOptions { MaxSources = 1_000, MaxFollowed = 200 }, perBatch: 2_000), found => found.State == FindingState.Ended);
        Assert.Equal((VictimAlone, true), (attack.Victim, attack.Confirmed));
        Assert.InRange(attack.Requests, 110, 150);
    }

    [Fact]
    public void Ten_requests_in_each_of_thousands_of_names_are_not_thousands_of_alerts_and_the_one_attack_among_them_is_told()
    {
        // Thirteen to each name within a second, in networks of their own; and one victim of many more.
        var storm = Enumerable.Range(0, 5_000).SelectMany(name => Enumerable.Range(0, 13).Select(n => Request(Address.FromV4(0x10000000 + ((uint)name << 8)), (name * 4) + (n * 100), 123, n & 3)));
        var found = Run(storm.Concat(Requests(Victim, 400, 50, 53)), perBatch: 1_000);
        Assert.InRange(found.Select(attack => attack.Victim).Distinct().Count(), 2, 64 * 4);
        var attack = Assert.Single(found, finding => finding.Victim == VictimAlone && finding.State == FindingState.Ended);
        Assert.Equal((true, 400L), (attack.Confirmed, attack.Requests));
    }

    [Fact]
    public void Requests_spread_over_a_network_are_one_attack_on_it_and_single_ones_in_it_become_part_of_it()
    {
        // One address first, then all of the /24, each a few times.
        var first = Requests(Victim, 40, 100, 53);
        var carpet = Enumerable.Range(0, 1_000).Select(n => Request(Address.FromV4(0xCB007100 + (uint)(n % 250)), 4_000 + (n * 40), 53, n & 3));
        var found = Run(first.Concat(carpet), perBatch: 10);
        var whole = found.Where(attack => attack.Victim == Prefix.Parse("203.0.113.0/24")).ToList();
        Assert.Single(whole.Select(attack => attack.EventId).Distinct());
        Assert.Equal(FindingState.Ended, whole[^1].State);
        Assert.Equal(1_040, whole[^1].Requests);
        Assert.InRange(whole[^1].Victims, 240, 260);
        Assert.True((whole[0].LastSeen - found[0].FirstSeen).TotalSeconds < 20, "the network is told of soon");
        var part = Assert.Single(found, attack => attack.PartOf is not null);
        Assert.Equal((VictimAlone, FindingState.Ended, whole[0].EventId), (part.Victim, part.State, part.PartOf!.EventId));
        Assert.True(found.IndexOf(part) > found.IndexOf(whole[0]), "the whole is told before its part");
        Assert.DoesNotContain(found, attack => attack.Victim.Length == 32 && attack.State == FindingState.Ended && attack.PartOf is null);
        Assert.Equal(Texts(found), Texts(Run(first.Concat(carpet), restart: 3, perBatch: 10)));
    }

    [Theory]
    [InlineData(3, "198.51.0.0/24", 3)]
    [InlineData(6, "198.51.0.0/16", 1)]
    public void Attacked_networks_side_by_side_are_one(int networks, string expected, int attacks)
    {
        var carpet = Enumerable.Range(0, 600 * networks)
            .Select(n => Request(Address.FromV4(0xC6330000 + ((uint)(n % networks) << 8) + (uint)(n / networks % 100)), n * 10, 389, n & 3));
        var ended = Run(carpet).Where(attack => attack.State == FindingState.Ended && attack.PartOf is null).ToList();
        Assert.Equal(attacks, ended.Count);
        Assert.Contains(ended, attack => attack.Victim == Prefix.Parse(expected));
        Assert.Equal(600 * networks, ended.Sum(attack => attack.Requests));
    }

    [Fact]
    public void Ipv6_networks_are_attacked_as_a_whole_too()
    {
        var carpet = Enumerable.Range(0, 400).Select(n => Request(new Address(Address.Parse("2001:db8:77::").Value + (UInt128)(n % 100)), n * 50, 53, n & 3));
        Assert.Contains(Run(carpet), attack => attack.Victim == Prefix.Parse("2001:db8:77::/48") && attack.State == FindingState.Ended && attack.Requests == 400);
    }

    [Fact]
    public void Several_addresses_of_a_scanner_that_ask_each_reflector_once_are_no_attack()
    {
        var scan = Enumerable.Range(0, 10 * 64).Select(n => Request(Address.FromV4(0xCB007100 + (uint)(n % 10)), n * 200, 123, n / 10));
        Assert.Empty(Run(scan));
    }

    /// <remarks>The requests behind the answers of a real capture: who was asked, in whose name, when.</remarks>
    [Fact]
    public void The_requests_behind_real_snmp_answers_are_one_attack()
    {
        var requests = Packets("snmp-amplification.pcapng").Where(packet => packet.SourcePort == 161)
            .Select(packet => packet with { Source = packet.Destination, Destination = packet.Source, SourcePort = packet.DestinationPort, DestinationPort = 161 })
            .ToList();
        var attack = Assert.Single(Run(requests), finding => finding.State == FindingState.Ended);
        Assert.True(attack.Confirmed);
        Assert.Equal(["udp/161"], attack.Ports);
        Assert.Equal(requests.Count, attack.Requests);
    }

    [Theory]
    [InlineData("ntp-mode-6-7.pcap", 123)]
    [InlineData("slp-unsolicited-15-days.pcap", 427)]
    public void Real_probes_are_none(string name, int port)
    {
        var probes = Packets(name).Where(packet => packet.DestinationPort == port).ToList();
        Assert.NotEmpty(probes);
        Assert.Empty(Run(probes));
    }

    private static IEnumerable<DarkPacket> Packets(string name)
    {
        using var source = CaptureFile.Open(Corpus.Capture(name));
        var block = new FrameBlock();
        var headers = Array.Empty<PacketHeader>();
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            PacketDecoder.DecodeBlock(block, ref headers);
            for (var index = 0; index < block.Count; index++)
            {
                var header = headers[index];
                if (header.IsUsable && header.Protocol == IpProtocol.Udp && (header.Traits & PacketTraits.V6) == 0)
                {
                    yield return new DarkPacket
                    {
                        Millis = header.TimeMicros / 1000,
                        Source = Address.FromV4(header.Source),
                        Destination = Address.FromV4(header.Destination),
                        Protocol = 17,
                        SourcePort = header.SourcePort,
                        DestinationPort = header.DestinationPort,
                    };
                }
            }
        }
    }

    private static ObservationBatch Of(string sensor, ObservationBatch batch) => new()
    {
        Id = batch.Id,
        Sensor = sensor,
        Shard = batch.Shard,
        Shards = batch.Shards,
        FromMillis = batch.FromMillis,
        WatermarkMillis = batch.WatermarkMillis,
        V4 = batch.V4,
    };

    private static IEnumerable<DarkPacket> Requests(Address victim, int count, long everyMillis, ushort port, long from = 0) =>
        Enumerable.Range(0, count).Select(n => Request(victim, from + (n * everyMillis), port, n & 3));

    private static DarkPacket Request(Address victim, long millis, ushort port, int reflector) => new()
    {
        Millis = Traffic.Start + millis,
        Source = victim,
        Destination = Traffic.DarkV4(reflector),
        Protocol = 17,
        SourcePort = 80,
        DestinationPort = port,
    };

    private static List<ReflectorAttackFinding> Run(IEnumerable<DarkPacket> packets, ReflectionOptions? options = null, int restart = 0, int perBatch = 200)
    {
        var all = Traffic.Options with { Reflections = options ?? new ReflectionOptions() };
        IAnalyzer Fresh() => AnalyzerSet.CreateForReflectors(all, 2);
        var (analyzer, findings, step) = (Fresh(), new List<Finding>(), 0);
        foreach (var (batches, watermark) in new SensorDouble(1, 2, 200, perBatch).Deliver([.. packets.OrderBy(packet => packet.Millis)], []))
        {
            foreach (var batch in batches)
                analyzer.Observe(batch);

            analyzer.Advance(watermark, findings);
            if (restart > 0 && ++step % restart == 0)
            {
                using var state = new MemoryStream();
                analyzer.Save(state);
                state.Position = 0;
                analyzer = Fresh();
                analyzer.Load(state);
            }
        }

        analyzer.Finish(findings);
        return [.. findings.OfType<ReflectorAttackFinding>()];
    }

    private static string[] Texts(IEnumerable<ReflectorAttackFinding> findings) =>
        [.. findings.Select(finding => JsonSerializer.Serialize(finding))];
}
