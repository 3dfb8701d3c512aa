using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Scans;

/// <summary>Adds FlowTuples to the events they belong to, and lists those that may be worth telling.</summary>
internal sealed unsafe class ScanCounter<TAddress>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private readonly ScanJudge _judge;
    private readonly bool _isV4 = typeof(TAddress) == typeof(uint);
    private readonly int _inlineMost;
    private readonly DarkIndex? _universe;
    private List<int> _due = [];
    private UInt128 _batch;
    private int _batchOrdinal;
    private long _dayStart;
    private long _dayEnd;

    public ScanCounter(
        ScanJudge judge, ScanTable<TAddress> table, SourceDayBook<TAddress> days, DarkIndex? universe)
    {
        _judge = judge;
        _universe = universe;
        var least = Math.Min(judge.Options.MinDestinations, judge.Options.DurumericDestinations);
        _inlineMost = Math.Min(InlineAddresses<TAddress>.Capacity, least - 1);
        Table = table;
        Days = days;
    }

    private ScanTable<TAddress> Table { get; }

    private SourceDayBook<TAddress> Days { get; }

    public void BeginBatch(UInt128 id)
    {
        _batch = id;
        _batchOrdinal++;
    }

    /// <summary>Tracks that may be worth telling since the last call.</summary>
    public IReadOnlyList<int> DrainDue()
    {
        var due = _due;
        _due = [];
        return due;
    }

    /// <summary>Puts a drained track back for the next interval.</summary>
    public void KeepDue(int track) => _due.Add(track);

    /// <summary>Lists the tracks that a loaded state calls due.</summary>
    public void RestoreDue()
    {
        for (var track = 0; track < Table.Tracks.High; track++)
        {
            if (Table.TrackAt(track).Is(TrackFlags.Due))
                _due.Add(track);
        }
    }

    /// <summary>Goes on with an event after a silence that ends Durumeric's scans.</summary>
    public void BeginRun(ScanEntry<TAddress>* entry, long first)
    {
        if (!entry->IsTracked)
        {
            Deduplicate(entry);
            entry->SetRunStart(entry->InlineCount);
            entry->SetRun(first, 0);
            return;
        }

        ref var track = ref Table.TrackAt(entry->Track);
        var destinations = track.Is(TrackFlags.HasRun) ? track.Run.Count : track.Destinations.Count;
        track.Set(TrackFlags.Durumeric, track.Is(TrackFlags.Durumeric)
            || _judge.IsDurumeric(destinations, track.RunPackets, entry->Last - entry->RunFirst));
        track.Run.Clear(Table.Arena);
        track.Set(TrackFlags.HasRun, !track.Is(TrackFlags.Durumeric));
        track.RunPackets = 0;
        entry->SetRun(first, 0);
    }

    public void Count(int number, ScanEntry<TAddress>* entry, in ScanRow<TAddress> row)
    {
        CountDay(entry, row);
        entry->See(row.First, row.Last);
        if ((row.Marks & ToolNames.Marks) != 0)
            entry->SetTools(ToolNames.Add(entry->Tools, row.Marks, row.Packets));

        if (row.TcpFlags != entry->TcpFlags)
            entry->SetMixedFlags();

        if (!entry->IsTracked)
        {
            if ((ulong)entry->Packets + row.Packets <= ScanEntry<TAddress>.MostInlinePackets
                && AddInline(entry, row.Destination))
            {
                entry->CountInline(row.Packets);
                return;
            }

            Promote(number, entry);
        }

        CountTracked(entry, row);
    }

    private static void Deduplicate(ScanEntry<TAddress>* entry)
    {
        var kept = 0;
        for (var at = 0; at < entry->InlineCount; at++)
        {
            var destination = entry->Destinations[at];
            if (!((ReadOnlySpan<TAddress>)entry->Destinations)[..kept].Contains(destination))
                entry->Destinations[kept++] = destination;
        }

        entry->SetInlineCount(kept);
    }

    private void CountDay(ScanEntry<TAddress>* entry, in ScanRow<TAddress> row)
    {
        if (row.First < _dayStart || row.First >= _dayEnd)
        {
            _dayStart = row.Day * SourceDays.DayMillis;
            _dayEnd = _dayStart + SourceDays.DayMillis;
        }

        if (entry->Last >= _dayEnd)
        {
            Days.Add(row);
            return;
        }

        if (entry->Last < _dayStart || entry->DayPackets + (ulong)row.Packets > uint.MaxValue)
            Days.Fold(ref *entry);

        entry->DayPackets += row.Packets;
    }

    private bool AddInline(ScanEntry<TAddress>* entry, TAddress destination)
    {
        var count = entry->InlineCount;
        var destinations = (TAddress*)&entry->Destinations;
        for (var at = entry->RunStart; at < count; at++)
        {
            if (destinations[at].Equals(destination))
                return true;
        }

        if (count >= _inlineMost)
            return false;

        destinations[count] = destination;
        entry->SetInlineCount(count + 1);
        return true;
    }

    private void Promote(int number, ScanEntry<TAddress>* entry)
    {
        var at = Table.TakeTrack(number);
        ref var track = ref Table.TrackAt(at);
        track.Packets = entry->Packets;
        track.RunPackets = entry->RunPackets;
        track.Set(TrackFlags.HasRun, entry->RunStart > 0);
        for (var inline = 0; inline < entry->InlineCount; inline++)
        {
            track.Destinations.Add(entry->Destinations[inline], Table.Arena, _universe);
            if (track.Is(TrackFlags.HasRun) && inline >= entry->RunStart)
                track.Run.Add(entry->Destinations[inline], Table.Arena, _universe);
        }

        entry->SetRun(entry->RunFirst, 0);
        entry->SetTrack(at);
    }

    private void CountTracked(ScanEntry<TAddress>* entry, in ScanRow<TAddress> row)
    {
        ref var track = ref Table.TrackAt(entry->Track);
        track.Packets += row.Packets;
        track.RunPackets += row.Packets;
        track.Destinations.Add(row.Destination, Table.Arena, _universe);
        if (track.Is(TrackFlags.HasRun))
            track.Run.Add(row.Destination, Table.Arena, _universe);

        if (track.BatchOrdinal != _batchOrdinal)
        {
            track.BatchOrdinal = _batchOrdinal;
            track.Batches.Add(_batch, track.BatchCount++);
        }

        if (track.Is(TrackFlags.Due) || !IsWorthTelling(track, row.Last))
            return;

        track.Set(TrackFlags.Due, true);
        _due.Add(entry->Track);
    }

    private bool IsWorthTelling(in ScanTrack<TAddress> track, long last)
    {
        if (!track.Is(TrackFlags.Reported))
            return track.Destinations.Count >= _judge.Options.MinDestinations;

        return track.Packets >= track.NextReportPackets
            || last >= track.NextReportMillis
            || (!track.Is(TrackFlags.Covering) && _isV4 && track.Destinations.SureCount >= _judge.CoveringDestinations);
    }
}
