using System.Numerics;
using System.Runtime.CompilerServices;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>One part of the tables: all packets of the sources, and all backscatter of the victims, that hash to it. Used by one thread.</summary>
internal sealed unsafe class Shard : IDisposable
{
    // How far ahead memory is asked for: an index entry two dozen arrivals, the row it names one dozen (24 measured best).
    private const int EntryLead = 24;
    private const int RowLead = 12;

    /// <summary>Up to here each packet of a row is noted at its sender, and after that powers of two.</summary>
    private const uint TouchedEach = 4;

    private readonly int _number;
    private readonly SlotLanes _lanes;
    private readonly BatchWriter _writer;
    private readonly PacketSampler _sampler;
    private readonly SourceTable<uint> _sources4;
    private readonly SourceTable<UInt128> _sources6;
    private readonly AddressBitmap _destinations4 = new();
    private readonly AddressSet6 _destinations6;
    private ulong[] _hashes = new ulong[8192];
    private Touch[] _touches = new Touch[8192];
    private int _touched;
    private SensorHealth _health = new();

    public Shard(int number, TelescopeOptions options, SlotClock clock, BatchWriter writer, ulong seed)
    {
        _number = number;
        _writer = writer;
        _lanes = new SlotLanes(clock.Lanes, Math.Max(1024, options.MaxTuples / options.Shards), seed);
        _sampler = new PacketSampler(Share(options.MaxSamplesPerSlot, options), Share(options.MaxSamplesPerMinute, options), options.Own);
        _sources4 = new SourceTable<uint>(Math.Max(1024, options.MaxSources / options.Shards), seed);
        _sources6 = new SourceTable<UInt128>(Math.Max(1024, options.MaxSources / options.Shards), seed);
        _destinations6 = new AddressSet6(Math.Max(1024, options.MaxSources / options.Shards));
    }

    public ToolCounts Tools { get; } = new();

    /// <summary>Rows of all flow tables, each key of a slot once.</summary>
    public long FlowTuples { get; private set; }

    /// <summary>Early flushes because a table was full; then <see cref="FlowTuples"/> may count a key twice.</summary>
    public long EarlyFlushes { get; private set; }

    public long SamplesDropped { get; private set; }

    /// <summary>Packets taken and not handed on: those of open slots, after a run that was broken off.</summary>
    public long OpenPackets => _lanes.Packets + _writer.WaitingPackets;

    public SourceTable<uint> Sources4 => _sources4;

    public SourceTable<UInt128> Sources6 => _sources6;

    public AddressBitmap Destinations4 => _destinations4;

    public AddressSet6 Destinations6 => _destinations6;

    /// <summary>Takes the packets of a segment, then hands on what its cut asks for.</summary>
    public void Take(PacketUnit unit, int index)
    {
        var segment = unit.Segments[index];
        var parcel = unit.Parcels[_number];
        _writer.BeginFlush(segment.Place, segment.Announced);
        Take4(unit, parcel, parcel.V4.Range(index), segment.LowSlot);
        var (from, to) = parcel.V6.Range(index);
        for (var at = from; at < to; at++)
            Take6(unit, ref parcel.V6.First[at], segment.LowSlot);

        TakeBackscatter4(unit, parcel.Backscatter4, index, segment.LowSlot);

        (from, to) = parcel.Backscatter6.Range(index);
        for (var at = from; at < to; at++)
            TakeBackscatter6(unit, ref parcel.Backscatter6.First[at], segment.LowSlot);

        if (_number == 0)
            _health = _health.Add(segment.Health(index == unit.Segments.Count - 1 ? unit.Dropped : 0));

        if (segment.Cut != CutKind.None)
            Flush(segment);
    }

    public void Dispose()
    {
        _lanes.Dispose();
        _sources4.Dispose();
        _sources6.Dispose();
    }

    private static int Share(int whole, TelescopeOptions options) => (whole + options.Shards - 1) / options.Shards;

    // Hot: rows first, memory asked for ahead of its use; then the senders of those arrivals that begin or double a row.
    private void Take4(PacketUnit unit, Parcel parcel, (int From, int To) range, long lowSlot)
    {
        var count = range.To - range.From;
        if (count == 0)
            return;

        if (_hashes.Length < count)
            (_hashes, _touches) = (new ulong[count], new Touch[count]);

        var work = new Work4(unit, parcel.V4.First + range.From, parcel.Keys.First + range.From, lowSlot);
        var arrivals = work.Arrivals;
        var hasher = _lanes.Flows4(0);
        _touched = 0;
        fixed (ulong* hashes = _hashes)
        {
            for (var at = 0; at < count; at++)
                hashes[at] = hasher.Hash(arrivals[at]);

            for (var at = 0; at < Math.Min(EntryLead, count); at++)
                _lanes.Flows4(arrivals[at].Lane).PrefetchEntry(hashes[at]);

            for (var at = 0; at < count; at++)
            {
                if (at + EntryLead < count)
                    _lanes.Flows4(arrivals[at + EntryLead].Lane).PrefetchEntry(hashes[at + EntryLead]);

                if (at + RowLead < count)
                    _lanes.Flows4(arrivals[at + RowLead].Lane).PrefetchRow(hashes[at + RowLead]);

                if ((arrivals[at].Flags & ArrivalFlags.Aggregate) == 0)
                    _touches[_touched++] = new Touch(at, -1, 0, true);
                else
                    Insert4(work, at, hashes[at]);
            }
        }

        TakeSenders4(work);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Insert4(in Work4 work, int at, ulong hash)
    {
        ref var arrival = ref work.Arrivals[at];
        var table = _lanes.Flows4(arrival.Lane);
        if (table.IsFull)
        {
            // Senders first: their notes name rows.
            TakeSenders4(work);
            FlushEarly();
        }

        var row = table.Add(ref arrival, hash);
        var packets = table.First[row].Packets;
        if (packets > TouchedEach && !BitOperations.IsPow2(packets))
            return;

        _touches[_touched++] = new Touch(at, row, packets <= TouchedEach ? 1 : packets / 2, packets == 1);
        if (table.Count == 1)
            _lanes.Open(arrival.Lane, work.LowSlot);
    }

    private void TakeSenders4(in Work4 work)
    {
        for (var index = 0; index < Math.Min(EntryLead, _touched); index++)
            _sources4.Prefetch(work.Arrivals[_touches[index].Arrival].Source);

        for (var index = 0; index < _touched; index++)
        {
            if (index + EntryLead < _touched)
                _sources4.Prefetch(work.Arrivals[_touches[index + EntryLead].Arrival].Source);

            TakeSender4(work, _touches[index]);
        }

        _touched = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeSender4(in Work4 work, Touch touch)
    {
        ref var arrival = ref work.Arrivals[touch.Arrival];
        ref var state = ref _sources4.Find(arrival.Source);
        _sources4.MarkSender(ref state);
        // Later packets of a row go to the same address.
        if (touch.IsFirst)
            _destinations4.Add(arrival.Destination);

        var flags = arrival.Flags;
        if ((arrival.Marks & ToolCounts.All) != 0)
            Tools.Note(ref state, arrival.Marks);
        else if ((flags & ArrivalFlags.Probe) != 0 && IsUnicornscan(ref state, arrival, work.Keys[touch.Arrival]) && touch.Row >= 0)
            _lanes.Flows4(arrival.Lane).First[touch.Row].Mark(PacketMarks.Unicornscan);

        const ArrivalFlags Sampled = ArrivalFlags.Aggregate | ArrivalFlags.Subject;
        if ((flags & Sampled) != Sampled)
            return;

        var slot = _lanes.SlotOf(arrival.Lane, work.LowSlot);
        if (_sampler.IsDue(ref state, SlotLanes.Period(slot), arrival.DestinationPort, touch.Gain))
            _sampler.Keep(work.Unit, arrival.Frame, Address.FromV4(arrival.Source), arrival.DestinationPort, slot, PacketSampler.IsBusy(state));
    }

    /// <summary>Two different probes that give the same session key were sent by unicornscan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsUnicornscan(ref SourceState<uint> state, in FlowRow4 arrival, uint key)
    {
        var probe = (byte)(FlowWords.Mix(arrival.Destination, arrival.Ports >> 32 | FlowWords.Odd) | 1);
        var same = state.Key == key && state.Probe != 0 && state.Probe != probe;
        if (same)
            Tools.NoteUnicornscan(ref state);

        (state.Key, state.Probe) = (key, probe);
        return same;
    }

    private void Take6(PacketUnit unit, ref FlowRow6 arrival, long lowSlot)
    {
        ref var state = ref _sources6.Find(arrival.Source);
        _sources6.MarkSender(ref state);
        Tools.Note(ref state, arrival.Marks);
        if ((arrival.Flags & ArrivalFlags.Aggregate) == 0)
        {
            _destinations6.Add(arrival.Destination);
            return;
        }

        var slot = _lanes.SlotOf(arrival.Lane, lowSlot);
        var isSubject = (arrival.Flags & ArrivalFlags.Subject) != 0;
        if (isSubject && _sampler.IsDue(ref state, SlotLanes.Period(slot), arrival.DestinationPort))
            _sampler.Keep(unit, arrival.Frame, Address.FromV6(arrival.Source), arrival.DestinationPort, slot, PacketSampler.IsBusy(state));

        var table = _lanes.Flows6(arrival.Lane);
        if (table.IsFull)
            FlushEarly();

        var row = table.Add(ref arrival, table.Hash(arrival));
        if (table.Rows[row].Packets == 1)
            _destinations6.Add(arrival.Destination);

        _lanes.Open(arrival.Lane, lowSlot);
    }

    private void TakeBackscatter4(PacketUnit unit, Arrivals<BackscatterRow<uint>> arrivals, int index, long lowSlot)
    {
        var (from, to) = arrivals.Range(index);
        for (var at = from; at < Math.Min(from + EntryLead, to); at++)
            Prefetch(ref arrivals.First[at]);

        for (var at = from; at < to; at++)
        {
            if (at + EntryLead < to)
                Prefetch(ref arrivals.First[at + EntryLead]);

            if (at + RowLead < to)
            {
                ref var next = ref arrivals.First[at + RowLead];
                var table = _lanes.Backscatter4(next.Lane);
                table.PrefetchRow(table.Hash(next));
            }

            TakeBackscatter4(unit, ref arrivals.First[at], lowSlot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(ref BackscatterRow<uint> arrival)
    {
        var table = _lanes.Backscatter4(arrival.Lane);
        table.PrefetchEntry(table.Hash(arrival));
        _sources4.Prefetch(arrival.Victim);
    }

    private void TakeBackscatter4(PacketUnit unit, ref BackscatterRow<uint> arrival, long lowSlot)
    {
        var slot = _lanes.SlotOf(arrival.Lane, lowSlot);
        ref var state = ref _sources4.Find(arrival.Victim);
        if (_sampler.IsDue(ref state, SlotLanes.Period(slot), arrival.Port))
            _sampler.Keep(unit, arrival.Frame, Address.FromV4(arrival.Victim), arrival.Port, slot, PacketSampler.IsBusy(state));

        Insert(_lanes.Backscatter4(arrival.Lane), ref arrival, lowSlot);
    }

    private void TakeBackscatter6(PacketUnit unit, ref BackscatterRow<UInt128> arrival, long lowSlot)
    {
        var slot = _lanes.SlotOf(arrival.Lane, lowSlot);
        ref var state = ref _sources6.Find(arrival.Victim);
        if (_sampler.IsDue(ref state, SlotLanes.Period(slot), arrival.Port))
            _sampler.Keep(unit, arrival.Frame, Address.FromV6(arrival.Victim), arrival.Port, slot, PacketSampler.IsBusy(state));

        Insert(_lanes.Backscatter6(arrival.Lane), ref arrival, lowSlot);
    }

    private void Insert<TAddress>(
        SlotTable<BackscatterRow<TAddress>> table, ref BackscatterRow<TAddress> arrival, long lowSlot)
        where TAddress : unmanaged, IEquatable<TAddress>
    {
        if (table.IsFull)
            FlushEarly();

        table.Add(ref arrival, table.Hash(arrival));
        _lanes.Open(arrival.Lane, lowSlot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FlushEarly()
    {
        EarlyFlushes++;
        Write(long.MaxValue, end: true);
    }

    private void Flush(in Segment segment)
    {
        var ended = segment.Cut is CutKind.Final or CutKind.File ? long.MaxValue : segment.Watermark / SlotClock.SlotMicros;
        Write(ended, end: true);
        _lanes.LendEmptied();
        if (segment.Cut == CutKind.Gains)
            Write(long.MaxValue, end: false);

        SamplesDropped += _writer.EndFlush(_sampler, _health);
        _health = new SensorHealth();
    }

    /// <summary>Writes the rows of slots before the given one, oldest first.</summary>
    private void Write(long before, bool end)
    {
        foreach (var lane in _lanes.OpenBefore(before))
        {
            var slot = _lanes.Slot(lane);
            _writer.Write(_lanes.Flows4(lane), slot);
            _writer.Write(_lanes.Flows6(lane), slot);
            _writer.Write(_lanes.Backscatter4(lane), slot);
            _writer.Write(_lanes.Backscatter6(lane), slot);
            if (end)
                FlowTuples += _lanes.Close(lane);
            else
                _lanes.ClearCounts(lane);
        }
    }

    /// <summary>An arrival to be noted at its sender: the row it went to, -1 without, and the packets it stands for.</summary>
    private readonly record struct Touch(int Arrival, int Row, uint Gain, bool IsFirst);

    /// <summary>The arrivals of a segment with what belongs to them.</summary>
    private readonly ref struct Work4(PacketUnit unit, FlowRow4* arrivals, uint* keys, long lowSlot)
    {
        public readonly PacketUnit Unit = unit;
        public readonly FlowRow4* Arrivals = arrivals;
        public readonly uint* Keys = keys;
        public readonly long LowSlot = lowSlot;
    }
}
