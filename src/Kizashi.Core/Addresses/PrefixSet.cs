namespace Kizashi.Core.Addresses;

/// <summary>A set of addresses given as prefixes, some of them taken out again.</summary>
public sealed class PrefixSet
{
    private readonly UInt128[] _firsts;
    private readonly UInt128[] _lasts;

    /// <param name="prefixes">What belongs to the set; overlaps are merged.</param>
    /// <param name="except">What is cut out of it, such as live addresses inside a dark prefix.</param>
    public PrefixSet(IEnumerable<Prefix> prefixes, IEnumerable<Prefix>? except = null)
    {
        Prefixes = [.. prefixes.Order()];
        Except = [.. (except ?? []).Order()];
        var ranges = Subtract(Merge(Prefixes), Merge(Except));
        _firsts = [.. ranges.Select(range => range.First)];
        _lasts = [.. ranges.Select(range => range.Last)];
    }

    public static PrefixSet Empty { get; } = new([]);

    /// <summary>Every address of both families.</summary>
    public static PrefixSet Everything { get; } = new([Prefix.Parse("0.0.0.0/0"), Prefix.Parse("::/0")]);

    public IReadOnlyList<Prefix> Prefixes { get; }

    public IReadOnlyList<Prefix> Except { get; }

    public bool IsEmpty => _firsts.Length == 0;

    /// <summary>The disjoint ranges in ascending order, both ends inclusive.</summary>
    public IEnumerable<(Address First, Address Last)> Ranges =>
        _firsts.Zip(_lasts, (first, last) => (new Address(first), new Address(last)));

    /// <summary>Number of IPv4 addresses, 0..2^32.</summary>
    public ulong SizeV4
    {
        get
        {
            ulong size = 0;
            foreach (var (first, last) in Ranges)
            {
                if (first.IsV4 && last.IsV4)
                    size += (ulong)(last.Value - first.Value) + 1;
            }

            return size;
        }
    }

    public bool Contains(Address address)
    {
        var index = Array.BinarySearch(_firsts, address.Value);
        if (index < 0)
            index = ~index - 1;

        return index >= 0 && address.Value <= _lasts[index];
    }

    public override string ToString() => string.Join(',', Prefixes);

    // ::/0 lies around the mapped block, so each family is merged alone; then every range is of one family.
    private static List<(UInt128 First, UInt128 Last)> Merge(IReadOnlyList<Prefix> sorted) =>
    [
        .. MergeFamily(sorted.Where(prefix => prefix.IsV4))
            .Concat(MergeFamily(sorted.Where(prefix => !prefix.IsV4)).SelectMany(WithoutMapped))
            .OrderBy(range => range.First),
    ];

    private static List<(UInt128 First, UInt128 Last)> MergeFamily(IEnumerable<Prefix> sorted)
    {
        var merged = new List<(UInt128 First, UInt128 Last)>();
        foreach (var prefix in sorted)
        {
            var (first, last) = (prefix.First.Value, prefix.Last.Value);
            if (merged.Count > 0 && first <= merged[^1].Last)
                merged[^1] = (merged[^1].First, UInt128.Max(merged[^1].Last, last));
            else
                merged.Add((first, last));
        }

        return merged;
    }

    private static IEnumerable<(UInt128 First, UInt128 Last)> WithoutMapped((UInt128 First, UInt128 Last) range)
    {
        var (mappedFirst, mappedLast) = (Address.FromV4(0).Value, Address.FromV4(uint.MaxValue).Value);
        if (range.Last < mappedFirst || range.First > mappedLast)
        {
            yield return range;
            yield break;
        }

        if (range.First < mappedFirst)
            yield return (range.First, mappedFirst - 1);

        if (range.Last > mappedLast)
            yield return (mappedLast + 1, range.Last);
    }

    private static List<(UInt128 First, UInt128 Last)> Subtract(
        List<(UInt128 First, UInt128 Last)> ranges, List<(UInt128 First, UInt128 Last)> holes)
    {
        var kept = new List<(UInt128 First, UInt128 Last)>();
        foreach (var range in ranges)
        {
            var first = range.First;
            var open = true;
            foreach (var hole in holes)
            {
                if (hole.Last < first || hole.First > range.Last)
                    continue;

                if (hole.First > first)
                    kept.Add((first, hole.First - 1));

                if (hole.Last >= range.Last)
                {
                    open = false;
                    break;
                }

                first = hole.Last + 1;
            }

            if (open)
                kept.Add((first, range.Last));
        }

        return kept;
    }
}
