using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Adds up what the workers and shards of a run counted.</summary>
internal static class SummaryWriter
{
    public static TelescopeSummary Write(TelescopeRun run, TimeSpan elapsed)
    {
        var (tally, shards) = (run.Tally, run.Shards);
        var tools = new ToolCounts();
        tools.AddMatches(tally.ToolSets);
        var (destinations4, destinations6) = (new AddressBitmap(), new AddressSet6(int.MaxValue));
        foreach (var shard in shards)
        {
            tools.Add(shard.Tools);
            destinations4.Merge(shard.Destinations4);
            destinations6.Merge(shard.Destinations6);
        }

        var estimated = destinations4.Estimate is not null || destinations6.Estimate is not null
            || shards.Any(shard => shard.Sources4.Estimate is not null || shard.Sources6.Estimate is not null);
        var (first, last) = run.Span;
        return new TelescopeSummary
        {
            Packets = tally.Counts.Packets,
            Malformed = tally.Counts.Malformed,
            NotIp = tally.Counts.NotIp,
            Bytes = tally.Counts.Bytes,
            Sources = shards.Sum(shard => shard.Sources4.Senders + shard.Sources6.Senders),
            Destinations = destinations4.Count() + destinations6.Count(),
            DistinctEstimated = estimated,
            Protocols = NonZero(tally.Protocols),
            TcpPorts = NonZero(tally.TcpPorts.ToArray()),
            UdpPorts = NonZero(tally.UdpPorts.ToArray()),
            Fingerprints = tools.ToDictionary(),
            FlowTuples = shards.Sum(shard => shard.FlowTuples),
            FlowTuplesSplit = shards.Any(shard => shard.EarlyFlushes > 0),
            NotDark = tally.Counts.NotDark,
            Late = tally.Counts.Late,
            Misdated = tally.Counts.Misdated,
            Open = shards.Sum(shard => shard.OpenPackets),
            Dropped = run.Dropped,
            SamplesDropped = shards.Sum(shard => shard.SamplesDropped),
            FirstPacket = first > last ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(SlotClock.Clamp(first)),
            LastPacket = first > last ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(SlotClock.Clamp(last)),
            Seconds = elapsed.TotalSeconds,
            PacketsPerSecond = elapsed > TimeSpan.Zero ? tally.Counts.Packets / elapsed.TotalSeconds : 0,
        };
    }

    private static SortedDictionary<int, long> NonZero(long[] counts)
    {
        var kept = new SortedDictionary<int, long>();
        for (var index = 0; index < counts.Length; index++)
        {
            if (counts[index] > 0)
                kept[index] = counts[index];
        }

        return kept;
    }
}
