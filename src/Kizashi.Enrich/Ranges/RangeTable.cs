using System.Numerics;

namespace Kizashi.Enrich.Ranges;

/// <summary>Longest prefix match as a look-up among disjoint ranges, each with a number; 0 is nothing.</summary>
/// <typeparam name="TAddress"><see cref="uint"/> or <see cref="UInt128"/>.</typeparam>
internal sealed class RangeTable<TAddress>
    where TAddress : unmanaged, IBinaryInteger<TAddress>, IUnsignedNumber<TAddress>
{
    // IPv4 by its first 16 bits, IPv6 by its first 20: a few ranges are left to search in each bucket.
    private static readonly int IndexBits = typeof(TAddress) == typeof(uint) ? 16 : 20;
    private static readonly int Shift = (typeof(TAddress) == typeof(uint) ? 32 : 128) - IndexBits;

    private readonly TAddress[] _starts;
    private readonly ulong[] _values;
    private readonly int[] _index;

    public RangeTable(TAddress[] starts, ulong[] values)
    {
        _starts = starts;
        _values = values;
        _index = new int[starts.Length == 0 ? 0 : (1 << IndexBits) + 1];
        for (int bucket = 0, at = 0; bucket < _index.Length; bucket++)
        {
            while (at < starts.Length && Bucket(starts[at]) < bucket)
                at++;

            _index[bucket] = at;
        }
    }

    public bool IsEmpty => _starts.Length == 0;

    public int Count => _starts.Length;

    public ulong Find(TAddress address)
    {
        if (_index.Length == 0)
            return 0;

        // The range is the last one that starts at or before the address; it may start in an earlier bucket.
        var bucket = Bucket(address);
        var (low, high) = (_index[bucket], _index[bucket + 1]);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_starts[middle] <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? 0 : _values[low - 1];
    }

    private static int Bucket(TAddress address) => int.CreateTruncating(address >> Shift);
}
