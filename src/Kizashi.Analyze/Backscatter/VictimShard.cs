using System.Runtime.InteropServices;
using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Backscatter;

/// <summary>Follows the attack vectors of one shard.</summary>
/// <remarks>
/// As in corsaro3 time is cut into aligned intervals of 60 s, and a vector without a packet in a whole interval is
/// dropped. Whether an interval stayed empty is decided once no row of it can come any more; a row that asks too
/// early waits.
/// </remarks>
internal sealed class VictimShard(VictimOptions options, string sensor, int most)
{
    private const long IntervalMillis = 60_000;
    private const int MostWaiting = 1 << 16;
    private const int Ahead = 16;

    private readonly List<DosVictimFinding> _reports = [];
    private List<int> _due = [];
    private List<VictimRow> _waiting = [];
    private long _floor;
    private long _swept;
    private UInt128 _batch;
    private int _batchOrdinal;

    public VictimTable Table { get; } = new(options, most);

    /// <summary>A batch was made by the simulator.</summary>
    public bool IsSimulated { get; private set; }

    public long Forced { get; private set; }

    public void Observe(ObservationBatch batch)
    {
        IsSimulated |= batch.Simulated;
        _batch = batch.Id.Value;
        _batchOrdinal++;
        Read(batch.BackscatterV4);
        Read(batch.BackscatterV6);
        Settle(batch.WatermarkMillis);
    }

    public IReadOnlyList<DosVictimFinding> DrainReports()
    {
        DosVictimFinding[] drained = [.. _reports];
        _reports.Clear();
        return drained;
    }

    public void Advance(long watermark)
    {
        Settle(watermark);
        ReportDue(watermark);
        Sweep(watermark);
    }

    public void Finish()
    {
        var floor = _floor;
        Settle(long.MaxValue);
        _floor = floor;
        _due.Clear();
        for (var number = 0; number < Table.Entries.High; number++)
        {
            if (Table.At(number).IsLive)
                End(number);
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write(IsSimulated);
        writer.Write(_floor);
        writer.Write(_swept);
        writer.Write(Forced);
        writer.WriteSpan<VictimRow>(CollectionsMarshal.AsSpan(_waiting));
        SavedFindings.Save(_reports, writer);
        Table.Save(writer);
    }

    public void Load(StateReader reader)
    {
        IsSimulated = reader.Read<bool>();
        _floor = reader.Read<long>();
        _swept = reader.Read<long>();
        Forced = reader.Read<long>();
        _waiting.AddRange(reader.ReadSpan<VictimRow>(MostWaiting));
        _reports.AddRange(SavedFindings.Load<DosVictimFinding>(reader));
        Table.Load(reader);
        for (var number = 0; number < Table.Entries.High; number++)
        {
            if (Table.At(number).IsDue)
                _due.Add(number);
        }
    }

    private void Read<TAddress>(Backscatter<TAddress> rows)
        where TAddress : unmanaged
    {
        var order = OrderBySlot(rows);
        for (var at = 0; at < rows.Count; at++)
        {
            if (at + Ahead < rows.Count)
            {
                var ahead = order is null ? at + Ahead : order[at + Ahead];
                Table.PrefetchHome(VictimRow.HashOf(Addresses.From(rows.Victim[ahead]).Value, rows.Protocol[ahead]));
            }

            var row = Row(rows, order is null ? at : order[at]);
            Take(row, row.Hash);
        }
    }

    // Windows and intervals need slots in order; a sensor sends them so unless packets came late.
    private static int[]? OrderBySlot<TAddress>(Backscatter<TAddress> rows)
        where TAddress : unmanaged
    {
        var slots = rows.Slot.AsSpan(0, rows.Count);
        var isSorted = true;
        for (var at = 1; at < slots.Length && isSorted; at++)
            isSorted = slots[at - 1] <= slots[at];

        return isSorted ? null : [.. Enumerable.Range(0, rows.Count).OrderBy(at => rows.Slot[at])];
    }

    private static VictimRow Row<TAddress>(Backscatter<TAddress> rows, int at)
        where TAddress : unmanaged =>
        new()
        {
            Victim = Addresses.From(rows.Victim[at]).Value,
            DarkAddresses = rows.DarkAddresses[at],
            Ports = rows.VictimPorts[at],
            First = (rows.Slot[at] * 1000L) + rows.First[at],
            Last = (rows.Slot[at] * 1000L) + rows.Last[at],
            Bytes = rows.Bytes[at],
            Packets = rows.Packets[at],
            Mismatches = rows.Mismatches[at],
            Port = rows.VictimPort[at],
            Protocol = rows.Protocol[at],
            Reasons = rows.Reasons[at],
        };

    private void Take(in VictimRow row, uint hash)
    {
        var number = Table.Find(row.Victim, row.Protocol, hash);
        if (number >= 0 && row.First / IntervalMillis >= (Table.At(number).Last / IntervalMillis) + 2)
        {
            if (!IsOver(Table.At(number).Last, _floor))
            {
                if (_waiting.Count < MostWaiting)
                {
                    _waiting.Add(row);
                    return;
                }

                Forced++;
            }

            End(number);
            number = -1;
        }

        if (number < 0)
            number = Table.Create(row, hash);

        if (number >= 0)
            Count(number, row);
    }

    // The interval after the last packet's is over too.
    private static bool IsOver(long last, long floor) => floor / IntervalMillis >= (last / IntervalMillis) + 2;

    private void Count(int number, in VictimRow row)
    {
        ref var vector = ref Table.At(number);
        vector.Add(row);
        if (vector.Packets >= options.MinPackets)
            Trail(number);

        var isWorthTelling = vector.IsReported
            ? vector.Packets >= vector.NextReportPackets || row.Last >= vector.NextReportMillis
            : vector.IsAttack(options);
        if (vector.IsDue || !isWorthTelling)
            return;

        vector.IsDue = true;
        _due.Add(number);
    }

    private void Trail(int number)
    {
        ref var batches = ref CollectionsMarshal.GetValueRefOrAddDefault(Table.Batches, number, out var exists);
        if (exists && batches.Ordinal == _batchOrdinal)
            return;

        batches.Trail.Add(_batch, batches.Count);
        (batches.Count, batches.Ordinal) = (batches.Count + 1, _batchOrdinal);
    }

    private void Settle(long floor)
    {
        _floor = Math.Max(_floor, floor);
        if (_waiting.Count == 0)
            return;

        var rows = _waiting;
        _waiting = [];
        rows.Sort((left, right) => left.First.CompareTo(right.First));
        foreach (var row in rows)
            Take(row, row.Hash);
    }

    private void ReportDue(long watermark)
    {
        var due = _due;
        _due = [];
        foreach (var number in due)
        {
            ref var vector = ref Table.At(number);
            if (!vector.IsLive || !vector.IsDue)
                continue;

            // Its first packet, which names it, may not have come yet.
            if (vector.First >= watermark)
            {
                _due.Add(number);
                continue;
            }

            vector.IsDue = false;
            vector.IsReported = true;
            vector.NextReportPackets = (long)Math.Ceiling(vector.Packets * options.ReportGrowth);
            vector.NextReportMillis = vector.Last + (1000L * options.ReportSeconds);
            _reports.Add(Report(number, ended: false));
        }
    }

    private void Sweep(long watermark)
    {
        if (watermark <= _swept)
            return;

        // Nothing can end between two interval borders.
        if (watermark / IntervalMillis > _swept / IntervalMillis)
        {
            for (var number = 0; number < Table.Entries.High; number++)
            {
                if (Table.At(number).IsLive && IsOver(Table.At(number).Last, watermark))
                    End(number);
            }
        }

        _swept = watermark;
    }

    private void End(int number)
    {
        ref var vector = ref Table.At(number);
        if (vector.IsReported || vector.IsAttack(options))
            _reports.Add(Report(number, ended: true));

        Table.Remove(number);
    }

    private DosVictimFinding Report(int number, bool ended)
    {
        ref var vector = ref Table.At(number);
        var batches = Table.Batches.GetValueOrDefault(number);
        var victim = new Address(vector.Victim);
        return new DosVictimFinding
        {
            EventId = EventIds.Of(sensor, "dos-victim", victim.Value, vector.Protocol, (ulong)vector.First),
            State = ended ? FindingState.Ended : FindingState.Ongoing,
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(vector.First),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(vector.Last),
            Sensor = sensor,
            Score = Score(vector),
            Batches = batches.Trail.ToList(batches.Count),
            Simulated = IsSimulated,
            Victim = victim,
            Protocol = vector.Protocol,
            Packets = vector.Packets,
            Bytes = vector.Bytes,
            MaxPacketsPerMinute = vector.Window.Most,
            Mismatches = vector.Mismatches,
            DarkAddresses = vector.DarkAddresses.Estimate(),
            Ports = vector.Ports.Estimate(),
            Port = vector.Port,
            Reasons = ReasonNames.Of(vector.Reasons),
        };
    }

    private double Score(in AttackVector vector) => Math.Max(1, Math.Min(
        (double)vector.Packets / options.MinPackets,
        (double)vector.Window.Most / options.MinPacketsPerMinute));
}
