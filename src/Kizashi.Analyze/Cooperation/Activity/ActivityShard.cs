using System.Runtime.CompilerServices;
using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>What one shard has seen of the minutes not yet judged.</summary>
internal sealed class ActivityShard(OutbreakOptions options)
{
    private const int Block = 16;
    private const int MostMinutes = 1 << 20;
    private const int MostSpare = 2;
    private const byte SynMask = 0x02 | 0x10 | 0x04 | 0x01;
    private const byte Syn = 0x02;

    private readonly Stack<MinuteTable> _spare = new();
    private BatchTrail _trail;
    private int _trailCount;
    private long _lastMinute = -1;
    private MinuteTable? _last;

    /// <summary>By minute since 1970 UTC.</summary>
    public SortedDictionary<long, MinuteTable> Minutes { get; } = [];

    /// <summary>By minute of the watermark: what the sensor said of itself.</summary>
    public SortedDictionary<long, Delivery> Deliveries { get; } = [];

    public bool IsSimulated { get; private set; }

    public void Observe(ObservationBatch batch)
    {
        IsSimulated |= batch.Simulated;
        Read(batch.V4);
        Read(batch.V6);
        if (batch.V4.Count + batch.V6.Count > 0)
            _trail.Add(batch.Id.Value, _trailCount++);

        var health = batch.Health;
        if (health.Packets + health.Dropped == 0)
            return;

        var minute = batch.WatermarkMillis / 60_000;
        Deliveries[minute] = Deliveries.GetValueOrDefault(minute)
            + new Delivery(health.Packets + health.Dropped, health.Dropped + health.TableOverflow, health.Late);
    }

    public void Drop(long minute)
    {
        if (_lastMinute == minute)
            (_lastMinute, _last) = (-1, null);

        if (!Minutes.Remove(minute, out var table) || _spare.Count == MostSpare)
            return;

        table.Clear();
        _spare.Push(table);
    }

    /// <summary>What was said before a minute; it is not said again.</summary>
    public IReadOnlyList<Delivery> TakeDeliveries(long minute)
    {
        var due = Deliveries.Where(pair => pair.Key < minute).ToArray();
        foreach (var (key, _) in due)
            Deliveries.Remove(key);

        return [.. due.Select(pair => pair.Value)];
    }

    /// <summary>Ids of the first and latest batches with rows since it was last asked.</summary>
    public IReadOnlyList<string> TakeTrail()
    {
        var ids = _trail.ToList(_trailCount);
        (_trail, _trailCount) = (default, 0);
        return ids;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(IsSimulated);
        writer.Write(_trail);
        writer.Write(_trailCount);
        writer.WriteSpan<long>([.. Deliveries.Keys]);
        writer.WriteSpan<Delivery>([.. Deliveries.Values]);
        writer.WriteSpan<long>([.. Minutes.Keys]);
        foreach (var table in Minutes.Values)
            table.Save(writer);
    }

    public void Load(StateReader reader)
    {
        IsSimulated = reader.Read<bool>();
        _trail = reader.Read<BatchTrail>();
        _trailCount = reader.ReadCount(int.MaxValue);
        var keys = reader.ReadSpan<long>(MostMinutes);
        var values = reader.ReadSpan<Delivery>(MostMinutes);
        if (keys.Length != values.Length)
            throw new InvalidDataException("the deliveries of a shard do not match");

        for (var at = 0; at < keys.Length; at++)
            Deliveries[keys[at]] = values[at];

        foreach (var minute in reader.ReadSpan<long>(MostMinutes))
        {
            var table = new MinuteTable(options.MaxActivities);
            table.Load(reader);
            Minutes[minute] = table;
        }
    }

    // Blocks of rows: all places are asked for before the first is needed. Measured by the bench's telescope area.
    [SkipLocalsInit]
    private void Read<TAddress>(FlowTuples<TAddress> rows)
        where TAddress : unmanaged
    {
        Span<HostPacket> packets = stackalloc HostPacket[Block];
        Span<ulong> hashes = stackalloc ulong[Block];
        var count = 0;
        MinuteTable? table = null;
        for (var at = 0; at < rows.Count; at++)
        {
            var here = TableOf(rows.Slot[at]);
            if (count == Block || (here != table && count > 0))
            {
                Add(table!, packets[..count], hashes);
                count = 0;
            }

            table = here;
            table.Packets += rows.Packets[at];
            if (!Take(rows, at, ref table.LeftOut, ref packets[count]))
                continue;

            ref var packet = ref packets[count];
            hashes[count] = MinuteTable.HashOf(packet.Source, packet.Port, packet.Shape);
            table.Prefetch(hashes[count]);
            count++;
        }

        if (count > 0)
            Add(table!, packets[..count], hashes);
    }

    private bool Take<TAddress>(FlowTuples<TAddress> rows, int at, ref LeftOut left, ref HostPacket packet)
        where TAddress : unmanaged
    {
        var (marks, protocol, number) = (rows.Marks[at], rows.Protocol[at], rows.Packets[at]);
        if ((marks & PacketMarks.Backscatter) != 0)
            left.Answers += number;
        else if (options.SkipSpoofed && (marks & PacketMarks.Spoofed) != 0)
            left.Spoofed += number;
        else if (!IsProbe(protocol, rows.TcpFlags[at], rows.SourcePort[at]))
            left.Other += number;
        else
            return Fill(rows, at, ref packet);

        return false;
    }

    private static bool Fill<TAddress>(FlowTuples<TAddress> rows, int at, ref HostPacket packet)
        where TAddress : unmanaged
    {
        var protocol = rows.Protocol[at];
        packet.Source = SourceId.Of(rows.Source[at]);
        packet.Port = PortKey.Of(protocol, rows.DestinationPort[at]);
        packet.Shape = PacketShape.Of(
            rows.Marks[at], protocol, rows.Ttl[at], (rows.Length[at], rows.SynLength[at], rows.SynWindow[at])).Value;
        packet.Destination = Fold(rows.Destination[at]);
        packet.Packets = rows.Packets[at];
        packet.Slot = (int)(rows.Slot[at] / FlowTuples<TAddress>.SlotSeconds % SixSlots.Slots);
        return true;
    }

    private static void Add(MinuteTable table, ReadOnlySpan<HostPacket> packets, ReadOnlySpan<ulong> hashes)
    {
        for (var at = 0; at < packets.Length; at++)
            table.Add(packets[at], hashes[at]);
    }

    private static uint Fold<TAddress>(TAddress address)
        where TAddress : unmanaged =>
        typeof(TAddress) == typeof(uint)
            ? Unsafe.BitCast<TAddress, uint>(address)
            : (uint)Hashing.Of(address, 0);

    // ICMP keeps its type where others have the source port.
    private static bool IsProbe(byte protocol, byte flags, ushort icmpType) => protocol switch
    {
        6 => (flags & SynMask) == Syn,
        17 => true,
        1 => icmpType == 8,
        58 => icmpType == 128,
        _ => false,
    };

    private MinuteTable TableOf(uint slot)
    {
        var minute = slot / 60;
        if (minute == _lastMinute)
            return _last!;

        if (!Minutes.TryGetValue(minute, out var table))
            Minutes[minute] = table = _spare.TryPop(out var spare) ? spare : new MinuteTable(options.MaxActivities);

        (_lastMinute, _last) = (minute, table);
        return table;
    }
}
