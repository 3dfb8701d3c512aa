using System.Numerics;
using Kizashi.Core;
using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Truth;

/// <summary>Tells the truth about aggressive scanners (Anand et al., arXiv 2305.07193), source by source and UTC day by day.</summary>
/// <param name="darkSize">IPv4 addresses of the darknet.</param>
/// <param name="truth">Where it is told.</param>
internal sealed class DayLedger(ulong darkSize, ITruthSink truth)
{
    private const long DayMillis = 86_400_000;
    private const long LeastSources = 10_000;
    private const decimal TopShare = 0.0001m;

    private readonly Dictionary<(Address Source, int Day), RankedSource> _aggressive = [];
    private TopList _byPackets = NewByPackets();
    private TopList _byPorts = NewByPorts();
    private long _sources;
    private int _day;

    /// <summary>Distinct dark IPv4 addresses that make an event covering: a tenth, rounded up.</summary>
    private ulong Covering { get; } = (darkSize + 9) / 10;

    /// <summary>Counts a packet of a source.</summary>
    /// <param name="count">Of the source.</param>
    /// <param name="source">Who.</param>
    /// <param name="port">Number of the port in the source's own list, below 64; -1 for traffic without ports.</param>
    /// <param name="millis">When.</param>
    public void Count(ref DayCount count, Address source, int port, long millis)
    {
        var day = (int)(millis / DayMillis);
        if (count.Day != day)
        {
            Fold(ref count, source);
            count.Day = day;
        }

        if (count.Packets++ == 0)
            count.FirstMillis = millis;

        count.LastMillis = millis;
        if (port >= 0)
            count.Ports |= 1UL << port;
    }

    /// <summary>Enters what a source has sent on its day, and starts anew.</summary>
    public void Fold(ref DayCount count, Address source)
    {
        if (count.Packets == 0)
            return;

        _day = count.Day;
        _sources++;
        var ports = BitOperations.PopCount(count.Ports);
        var ranked = new RankedSource(source, count.Packets, ports, count.FirstMillis, count.LastMillis);
        _byPackets.Offer(ranked, PacketRank(ranked));
        _byPorts.Offer(ranked, PortRank(ranked));
        count = default;
    }

    /// <summary>A scan of IPv4 is over: it is aggressive when it covered enough.</summary>
    public void TakeScan(Address source, ulong destinations, in Walk walk)
    {
        if (source.IsV4 && destinations >= Covering)
            Add((int)(walk.FirstMillis / DayMillis), new RankedSource(source, walk.Packets, 1, walk.FirstMillis, walk.LastMillis), sum: true);
    }

    /// <summary>All sources of the day are folded: finds its top.</summary>
    public void EndDay()
    {
        if (_sources >= LeastSources)
        {
            var top = (int)Math.Ceiling(TopShare * _sources);
            foreach (var source in _byPackets.Best(top, source => source.Packets).Concat(_byPorts.Best(top, source => source.Ports)))
                Add(_day, source, sum: false);
        }

        _byPackets = NewByPackets();
        _byPorts = NewByPorts();
        _sources = 0;
        // A scan that began on a day may end on the next.
        Tell(before: _day - 1);
    }

    /// <summary>Tells what is left.</summary>
    public void Finish()
    {
        EndDay();
        Tell(int.MaxValue);
    }

    private static TopList NewByPackets() => new(RankedSource.ByPackets, PacketRank);

    private static TopList NewByPorts() => new(RankedSource.ByPorts, PortRank);

    private static long PacketRank(RankedSource source) => (source.Packets << 8) + source.Ports;

    private static long PortRank(RankedSource source) => ((long)source.Ports << 40) + source.Packets;

    private void Add(int day, RankedSource source, bool sum)
    {
        var key = (source.Source, day);
        if (_aggressive.TryGetValue(key, out var known))
        {
            source = source with
            {
                Packets = sum ? known.Packets + source.Packets : Math.Max(known.Packets, source.Packets),
                FirstMillis = Math.Min(known.FirstMillis, source.FirstMillis),
                LastMillis = Math.Max(known.LastMillis, source.LastMillis),
            };
        }

        _aggressive[key] = source;
    }

    private void Tell(int before)
    {
        foreach (var (key, source) in _aggressive.Where(entry => entry.Key.Day < before).OrderBy(entry => entry.Key).ToArray())
        {
            _aggressive.Remove(key);
            truth.Add(new TruthEvent
            {
                Kind = "aggressive",
                Sources = [source.Source],
                SourceCount = 1,
                Start = DateTimeOffset.FromUnixTimeMilliseconds(source.FirstMillis),
                End = DateTimeOffset.FromUnixTimeMilliseconds(source.LastMillis),
                Packets = source.Packets,
                ExpectedAlert = EventCatalog.DarknetScannerAggressive,
                Overlaps = true,
            });
        }
    }
}
