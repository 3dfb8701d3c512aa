using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Reflections;

/// <summary>Who has sent few requests yet, in a table of fixed size, so that a flood of forged sources costs a place each and no more.</summary>
/// <remarks>In a full set the longest idle makes room; what it had sent is remembered by <see cref="EvictedCounts"/>.</remarks>
/// <param name="most">Places.</param>
/// <param name="requests">Whoever has sent so many is no newcomer any more.</param>
/// <param name="idleMillis">After so long a silence it is one again.</param>
/// <param name="remembers">Whether those who lose their place are remembered.</param>
internal sealed class NewcomerTable(int most, long requests, long idleMillis, bool remembers)
{
    private const int Ways = 8;

    private readonly Newcomer[] _places = new Newcomer[Math.Max(Ways, most / Ways * Ways)];
    private readonly EvictedCounts? _evicted = remembers ? new(most, idleMillis) : null;

    /// <summary>Who lost the place to somebody newer.</summary>
    public long Evicted { get; private set; }

    /// <summary>Takes a row; true when there is more than fits here, and the row is to be followed by itself after what was held.</summary>
    /// <param name="key">Not 0.</param>
    /// <param name="row">The row.</param>
    /// <param name="batch">Id of the batch that brought it.</param>
    /// <param name="held">What was held of it, taken out; no rows when nothing was.</param>
    /// <param name="forgotten">Requests it had sent before it lost its place, estimated from below.</param>
    public bool Take(UInt128 key, in ReflectedRow row, UInt128 batch, out Newcomer held, out long forgotten)
    {
        (held, forgotten) = (default, 0);
        var first = (int)((uint)Hashing.Of(key, 0) % (uint)(_places.Length / Ways)) * Ways;
        var free = first;
        for (var at = first; at < first + Ways; at++)
        {
            ref var place = ref _places[at];
            if (place.Key == key)
                return Add(ref place, row, out held);

            if (_places[free].Key != 0 && (place.Key == 0 || place.Last < _places[free].Last))
                free = at;
        }

        forgotten = _evicted?.Find(key, row.First) ?? 0;
        if (row.Requests + forgotten >= requests)
            return true;

        ref var given = ref _places[free];
        if (given.Key != 0)
        {
            Evicted++;
            _evicted?.Add(given.Key, given.Requests, row.First);
        }

        given = new Newcomer { Key = key, Batch = batch, Last = row.Last, Count = 1 };
        given.Rows[0] = row;
        return false;
    }

    /// <summary>Remembers what somebody had sent who is not followed any more.</summary>
    public void Forget(UInt128 key, long sent, long millis) => _evicted?.Add(key, sent, millis);

    public void Save(StateWriter writer)
    {
        writer.Write(Evicted);
        for (var at = 0; at < _places.Length; at++)
        {
            if (_places[at].Key == 0)
                continue;

            writer.Write(at);
            writer.Write(_places[at]);
        }

        writer.Write(-1);
        _evicted?.Save(writer);
    }

    public void Load(StateReader reader)
    {
        Evicted = reader.Read<long>();
        for (var at = reader.Read<int>(); at >= 0; at = reader.Read<int>())
        {
            if (at >= _places.Length)
                throw new InvalidDataException("a newcomer's place is outside the table");

            _places[at] = reader.Read<Newcomer>();
            if (_places[at].Count is < 0 or > NewcomerRows.Length)
                throw new InvalidDataException("a newcomer has an impossible number of rows");
        }

        _evicted?.Load(reader);
    }

    private bool Add(ref Newcomer place, in ReflectedRow row, out Newcomer held)
    {
        held = default;
        if (row.First - place.Last > idleMillis)
            place.Count = 0;

        if (place.Count < NewcomerRows.Length && place.Requests + row.Requests < requests)
        {
            place.Rows[place.Count++] = row;
            place.Last = Math.Max(place.Last, row.Last);
            return false;
        }

        held = place;
        place = default;
        return true;
    }
}
