using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Scans;

/// <summary>The open days of one shard and address family: usually one, two around midnight.</summary>
internal sealed class SourceDayBook<TAddress>(int most, long portBytes)
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private const int MostDays = 4096;

    private readonly SortedDictionary<int, SourceDay<TAddress>> _days = [];
    private readonly SetArena _arena = new(portBytes);
    private SourceDay<TAddress>? _latest;
    private int _latestDay = -1;

    /// <summary>The days that have sources, oldest first.</summary>
    public IReadOnlyCollection<int> Open => _days.Keys;

    public SourceDay<TAddress>? Find(int day) => _days.GetValueOrDefault(day);

    /// <summary>Adds what an event gained on the day of its last packet since it was folded before.</summary>
    public void Fold(ref ScanEntry<TAddress> entry)
    {
        if (entry.DayPackets == 0)
            return;

        var day = SourceDays.DayOf(entry.Last);
        var first = Math.Max(entry.First, day * SourceDays.DayMillis);
        var port = PortUniverse.NumberOf(entry.Type, entry.Port);
        Of(day).Add(entry.Source, entry.DayPackets, port, first, entry.Last, entry.Tools);
        entry.DayPackets = 0;
    }

    /// <summary>Asks for all that <see cref="Fold"/> of each event will touch.</summary>
    /// <remarks>
    /// A source's day hangs on its index, its entry, its set of ports and that set's slots, each at a random place that
    /// only the one before names; so all events take each step together.
    /// </remarks>
    public unsafe void Prefetch(EntryPool<ScanEntry<TAddress>> pool, ReadOnlySpan<int> events)
    {
        foreach (var number in events)
            DayOf(pool.At(number)).PrefetchIndex(pool.At(number)->Source);

        foreach (var number in events)
            DayOf(pool.At(number)).PrefetchEntry(pool.At(number)->Source);

        foreach (var number in events)
            DayOf(pool.At(number)).PrefetchSet(pool.At(number)->Source);

        foreach (var number in events)
        {
            var entry = pool.At(number);
            DayOf(entry).PrefetchPort(entry->Source, (uint)PortUniverse.NumberOf(entry->Type, entry->Port));
        }
    }

    /// <summary>Adds one FlowTuple that came after its event had gone on to the next day.</summary>
    public void Add(in ScanRow<TAddress> row) =>
        Of(row.Day).Add(
            row.Source, row.Packets, PortUniverse.NumberOf(row.Type, row.Port), row.First, row.Last,
                ToolNames.Add(0, row.Marks, row.Packets));

    public void Drop(int day)
    {
        if (!_days.Remove(day, out var dropped))
            return;

        dropped.Clear();
        _latest = null;
        _latestDay = -1;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_days.Count);
        foreach (var (day, sources) in _days)
        {
            writer.Write(day);
            sources.Save(writer);
        }
    }

    public void Load(StateReader reader)
    {
        var count = reader.ReadCount(MostDays);
        for (var number = 0; number < count; number++)
            Of(reader.Read<int>()).Load(reader);
    }

    private unsafe SourceDay<TAddress> DayOf(ScanEntry<TAddress>* entry) => Of(SourceDays.DayOf(entry->Last));

    private SourceDay<TAddress> Of(int day)
    {
        if (day == _latestDay && _latest is not null)
            return _latest;

        if (!_days.TryGetValue(day, out var sources))
            _days.Add(day, sources = new SourceDay<TAddress>(most, _arena));

        (_latest, _latestDay) = (sources, day);
        return sources;
    }
}
