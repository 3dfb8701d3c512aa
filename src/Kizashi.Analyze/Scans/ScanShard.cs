using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Scans;

/// <summary>Follows the scans of one shard and address family from FlowTuple to event.</summary>
/// <remarks>
/// Rows may come in any order within the sender's reordering bound. Whether a silence was long enough to end an event
/// is therefore decided only once no row can come any more that would have filled it; a row that asks too early
/// waits.
/// </remarks>
internal sealed unsafe class ScanShard<TAddress>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private const int MostWaiting = 1 << 16;
    private const long SweepMillis = 10_000;

    private readonly ScanJudge _judge;
    private readonly ScanReporter _reporter;
    private readonly DarkIndex? _universe;
    private readonly bool _isV4;
    private readonly long _idle;
    private readonly long _runIdle;
    private readonly ScanCounter<TAddress> _counter;
    private readonly List<ScanReport> _reports = [];
    private List<ScanRow<TAddress>> _waiting = [];
    private long _floor;
    private long _swept;
    private readonly int[] _gathered = new int[64];
    private int _gatheredCount;
    private int _sweepAt;

    /// <param name="judge">The definitions.</param>
    /// <param name="bounds">What the shard may keep.</param>
    /// <param name="reporter">Says findings.</param>
    /// <param name="universe">The dark addresses, for bitmaps; null for IPv6.</param>
    public ScanShard(ScanJudge judge, ScanBounds bounds, ScanReporter reporter, DarkIndex? universe)
    {
        _judge = judge;
        _reporter = reporter;
        _universe = universe;
        _isV4 = typeof(TAddress) == typeof(uint);
        _idle = 1000L * (_isV4 ? judge.Options.IdleSeconds : judge.Options.IdleSecondsV6);
        _runIdle = _isV4 ? 1000L * judge.Options.DurumericIdleSeconds : _idle;
        Table = new ScanTable<TAddress>(bounds.Events, bounds.DestinationBytes);
        Days = new SourceDayBook<TAddress>(bounds.Sources, bounds.PortBytes);
        _counter = new ScanCounter<TAddress>(judge, Table, Days, universe);
    }

    public ScanTable<TAddress> Table { get; }

    public DarkIndex? Universe => _universe;

    public SourceDayBook<TAddress> Days { get; }

    /// <summary>The shortest silence that means anything, milliseconds.</summary>
    public long ShortestSilence => _runIdle;

    /// <summary>Rows that could not wait for certainty because too many did.</summary>
    public long Forced { get; private set; }

    /// <summary>Reports since the last call.</summary>
    public IReadOnlyList<ScanReport> DrainReports()
    {
        ScanReport[] drained = [.. _reports];
        _reports.Clear();
        return drained;
    }

    public void BeginBatch(UInt128 id) => _counter.BeginBatch(id);

    /// <summary>No row before the time comes any more; decides what waited for that.</summary>
    public void Settle(long floor)
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

    /// <summary>Reports what is due, ends what has been silent for too long.</summary>
    public void Advance(long watermark)
    {
        Settle(watermark);
        ReportDue(watermark);
        Sweep(watermark);
        Table.OnInterval();
    }

    /// <summary>Ends everything.</summary>
    public void Finish()
    {
        var floor = _floor;
        Settle(long.MaxValue);
        _floor = floor;
        _counter.DrainDue();
        for (var number = 0; number < Table.Entries.High; number++)
        {
            if (Table.Entries.At(number)->IsLive)
                Gather(number);
        }

        EndGathered();
    }

    /// <summary>Folds what live events gained on days that ended at the time.</summary>
    public void FoldDays(long dayEnd)
    {
        for (var number = 0; number < Table.Entries.High; number++)
        {
            var entry = Table.Entries.At(number);
            if (entry->IsLive && entry->Last < dayEnd && entry->DayPackets > 0)
                GatherDay(number);
        }

        FoldGathered();
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_floor);
        writer.Write(_swept);
        writer.Write(Table.LiveBefore(_sweepAt));
        writer.Write(Forced);
        writer.WriteSpan<ScanRow<TAddress>>(CollectionsMarshal.AsSpan(_waiting));
        writer.Write(_reports.Count);
        foreach (var report in _reports)
            report.Save(writer);

        Table.Save(writer);
        Days.Save(writer);
    }

    public void Load(StateReader reader)
    {
        _floor = reader.Read<long>();
        _swept = reader.Read<long>();
        _sweepAt = reader.ReadCount(int.MaxValue);
        Forced = reader.Read<long>();
        _waiting.AddRange(reader.ReadSpan<ScanRow<TAddress>>(MostWaiting));
        var reports = reader.ReadCount(int.MaxValue);
        for (var number = 0; number < reports; number++)
            _reports.Add(ScanReport.Load(reader));

        Table.Load(reader, _universe);
        Days.Load(reader);
        _counter.RestoreDue();
    }

    /// <summary>Takes one FlowTuple of a scanning type.</summary>
    /// <param name="row">The FlowTuple.</param>
    /// <param name="hash">Of its key.</param>
    /// <param name="number">Where its event probably is, -1 when not known.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(in ScanRow<TAddress> row, uint hash, int number = -1)
    {
        if (!Table.IsAt(number, row))
            number = Table.Find(row.Source, row.Port, row.Type, hash);

        if (number < 0)
        {
            Begin(row, hash);
            return;
        }

        var entry = Table.Entries.At(number);
        if (row.First <= entry->Last + _runIdle || Resume(number, row, hash))
            _counter.Count(number, entry, row);
    }

    private void Begin(in ScanRow<TAddress> row, uint hash)
    {
        var number = Table.Create(row, hash, Days);
        if (number < 0)
            return;

        var entry = Table.Entries.At(number);
        entry->Begin(row.TcpFlags, row.First, row.Last);
        _counter.Count(number, entry, row);
    }

    // After a silence: true when the row goes on with the event as a new run.
    private bool Resume(int number, in ScanRow<TAddress> row, uint hash)
    {
        var entry = Table.Entries.At(number);
        var ends = row.First > entry->Last + _idle;
        if (_floor <= entry->Last + (ends ? _idle : _runIdle))
        {
            if (_waiting.Count < MostWaiting)
            {
                _waiting.Add(row);
                return false;
            }

            Forced++;
        }

        if (ends)
        {
            End(number);
            Begin(row, hash);
            return false;
        }

        _counter.BeginRun(entry, row.First);
        return true;
    }

    private bool IsScan(in ScanEntry<TAddress> entry, in ScanTrack<TAddress> track) =>
        _judge.IsScan(_isV4, track.Destinations.Count, track.Packets, entry.Last - entry.First);

    // An event that begins after the watermark may still get an earlier first packet, which names it; it is told next
    // time.
    private void ReportDue(long watermark)
    {
        foreach (var at in _counter.DrainDue())
        {
            ref var track = ref Table.TrackAt(at);
            if (!track.Is(TrackFlags.Used) || !track.Is(TrackFlags.Due))
                continue;

            ref var entry = ref *Table.Entries.At(track.Entry);
            if (entry.First >= watermark)
            {
                _counter.KeepDue(at);
                continue;
            }

            track.Set(TrackFlags.Due, false);
            if (!IsScan(entry, track))
                continue;

            var report = _reporter.Report(entry, track, ended: false);
            track.Set(TrackFlags.Reported, true);
            track.Set(TrackFlags.Covering, report.IsCovering);
            track.NextReportPackets = (long)Math.Ceiling(track.Packets * _judge.Options.ReportGrowth);
            track.NextReportMillis = entry.Last + (1000L * _judge.Options.ReportSeconds);
            _reports.Add(report);
        }
    }

    // A walk over all entries each ten seconds of traffic, in parts: memory is read in order, a few nanoseconds an
    // entry.
    private void Sweep(long watermark)
    {
        var elapsed = watermark - _swept;
        if (elapsed <= 0)
            return;

        _swept = watermark;
        var high = Table.Entries.High;
        var quota = elapsed >= SweepMillis ? high : (int)Math.Min(high, (high * elapsed / SweepMillis) + 1);
        for (var step = 0; step < quota; step++)
        {
            if (_sweepAt >= high)
                _sweepAt = 0;

            var entry = Table.Entries.At(_sweepAt);
            if (entry->IsLive && entry->Last + _idle < watermark)
                Gather(_sweepAt);

            _sweepAt++;
        }

        EndGathered();
    }

    private void GatherDay(int number)
    {
        _gathered[_gatheredCount++] = number;
        if (_gatheredCount == _gathered.Length)
            FoldGathered();
    }

    private void FoldGathered()
    {
        var gathered = _gathered.AsSpan(0, _gatheredCount);
        Days.Prefetch(Table.Entries, gathered);
        foreach (var number in gathered)
            Days.Fold(ref *Table.Entries.At(number));

        _gatheredCount = 0;
    }

    private void Gather(int number)
    {
        _gathered[_gatheredCount++] = number;
        if (_gatheredCount == _gathered.Length)
            EndGathered();
    }

    private void EndGathered()
    {
        var gathered = _gathered.AsSpan(0, _gatheredCount);
        Table.PrefetchForRemoval(gathered);
        Days.Prefetch(Table.Entries, gathered);
        foreach (var number in gathered)
            End(number);

        _gatheredCount = 0;
    }

    private void End(int number)
    {
        var entry = Table.Entries.At(number);
        if (entry->IsTracked)
        {
            ref var track = ref Table.TrackAt(entry->Track);
            if (track.Is(TrackFlags.Reported) || IsScan(*entry, track))
                _reports.Add(_reporter.Report(*entry, track, ended: true));
        }

        Days.Fold(ref *entry);
        Table.Remove(number);
    }
}
