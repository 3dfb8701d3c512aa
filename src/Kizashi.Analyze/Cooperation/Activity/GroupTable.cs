using System.Buffers;
using System.Runtime.CompilerServices;
using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>The activities of groups in one window; bounded by sampling groups as <see cref="MinuteTable"/> does.</summary>
internal sealed class GroupTable(int most)
{
    private const int Smallest = 1 << 10;
    private const int MostLevel = 32;

    private GroupActivity[] _places = new GroupActivity[Smallest];
    private int _mask = Smallest - 1;

    public int Count { get; private set; }

    /// <summary>One group in 2^Level is held.</summary>
    public int Level { get; private set; }

    public void Add(in GroupActivity activity) => Add(activity, HashOf(activity));

    /// <summary>Asks for the place of what will be added soon.</summary>
    public void Prefetch(ulong hash) => Tables.Prefetch.Line(ref _places[(int)hash & _mask]);

    public static ulong HashOf(in GroupActivity activity) =>
        SketchHash.Of(activity.Group ^ SketchHash.Of(((ulong)activity.Port << 32) | activity.Shape));

    public void Add(in GroupActivity activity, ulong hash)
    {
        if (!IsSampled(activity.Example))
            return;

        ref var place = ref Find(activity, hash);
        if (place.Port != 0)
        {
            place.Add(activity);
            return;
        }

        if (Count < Math.Min(most, _places.Length / 2))
        {
            place = activity;
            Count++;
            return;
        }

        if (Level == MostLevel)
            return;

        if (Count < most)
            Grow();
        else
            Keep(Level + 1);

        Add(activity, hash);
    }

    public void Thin(int level)
    {
        if (level > Level)
            Keep(Math.Min(level, MostLevel));
    }

    /// <summary>All activities sorted by port, fingerprint, group, shape.</summary>
    public GroupActivity[] Sorted()
    {
        var all = new GroupActivity[Count];
        var count = 0;
        foreach (ref readonly var place in _places.AsSpan())
        {
            if (place.Port != 0)
                all[count++] = place;
        }

        Array.Sort(all);
        return all;
    }

    /// <summary>Makes it as new, but keeps room for as much as it held.</summary>
    public void Clear()
    {
        if (_places.Length > Math.Max(Smallest, 8 * Count))
            _places = new GroupActivity[_places.Length / 2];

        Array.Clear(_places);
        _mask = _places.Length - 1;
        (Count, Level) = (0, 0);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Level);
        writer.WriteSpan<GroupActivity>(Sorted());
    }

    public void Load(StateReader reader)
    {
        Clear();
        Level = reader.ReadCount(MostLevel);
        foreach (var activity in reader.ReadSpan<GroupActivity>(most))
        {
            if (activity.Port == 0)
                throw new InvalidDataException("an activity without port");

            Add(activity);
        }
    }

    private bool IsSampled(ulong source) => MinuteTable.IsSampled(source, Level);

    private void Grow()
    {
        var old = _places;
        _places = new GroupActivity[old.Length * 2];

        // Written in order first: a fresh page that is read before it is written is mapped twice.
        Array.Clear(_places);
        _mask = _places.Length - 1;
        Place(old);
    }

    // Those that stay wait in a borrowed place; a table made anew would be paid for page by page.
    private void Keep(int level)
    {
        Level = level;
        var staying = ArrayPool<GroupActivity>.Shared.Rent(Count);
        var count = 0;
        foreach (ref readonly var activity in _places.AsSpan())
        {
            if (activity.Port != 0 && IsSampled(activity.Example))
                staying[count++] = activity;
        }

        Array.Clear(_places);
        Place(staying.AsSpan(0, count));
        ArrayPool<GroupActivity>.Shared.Return(staying);
        Count = count;
    }

    private void Place(ReadOnlySpan<GroupActivity> activities)
    {
        foreach (ref readonly var activity in activities)
        {
            if (activity.Port != 0)
                Find(activity, HashOf(activity)) = activity;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref GroupActivity Find(in GroupActivity activity, ulong hash)
    {
        var at = (int)hash & _mask;
        while (true)
        {
            ref var place = ref _places[at];
            if (place.Port == 0 || (place.Group == activity.Group && place.Port == activity.Port && place.Shape == activity.Shape))
                return ref place;

            at = (at + 1) & _mask;
        }
    }
}
