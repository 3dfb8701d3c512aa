using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Tables;

/// <summary>Numbers the IPv4 addresses of a set one after the other, so that a bitmap over them has no holes.</summary>
internal sealed class DarkIndex
{
    private readonly uint[] _firsts;
    private readonly uint[] _lasts;
    private readonly long[] _before;

    public DarkIndex(PrefixSet dark)
    {
        var ranges = dark.Ranges.Where(range => range.First.IsV4).ToArray();
        _firsts = [.. ranges.Select(range => range.First.V4)];
        _lasts = [.. ranges.Select(range => range.Last.V4)];
        _before = new long[ranges.Length];
        foreach (var (at, range) in ranges.Index())
        {
            _before[at] = Size;
            Size += (long)range.Last.V4 - range.First.V4 + 1;
        }
    }

    /// <summary>Number of IPv4 addresses.</summary>
    public long Size { get; }

    /// <summary>0..Size-1, or -1 for an address that is not in the set.</summary>
    public long IndexOf(uint address)
    {
        var at = Array.BinarySearch(_firsts, address);
        if (at < 0)
            at = ~at - 1;

        return at >= 0 && address <= _lasts[at] ? _before[at] + address - _firsts[at] : -1;
    }
}
