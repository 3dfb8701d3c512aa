using System.Runtime.CompilerServices;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Telescope;

/// <summary>A fast answer to whether an address is dark: one byte for each IPv4 /16, and bits inside those that are dark in part.</summary>
internal sealed class DarkMap
{
    private const byte All = 1;
    private const byte Part = 2;

    private readonly byte[] _kinds = new byte[65536];
    private readonly ulong[][] _bits = new ulong[65536][];
    private readonly UInt128[] _firsts;
    private readonly UInt128[] _lasts;

    public DarkMap(PrefixSet dark)
    {
        var ranges = dark.Ranges.ToList();
        foreach (var (first, last) in ranges)
        {
            if (first.IsV4)
                Add(first.V4, last.V4);
        }

        var wide = ranges.Where(range => !range.First.IsV4).ToList();
        _firsts = [.. wide.Select(range => range.First.Value)];
        _lasts = [.. wide.Select(range => range.Last.Value)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(uint address)
    {
        var kind = _kinds[address >> 16];
        return kind == All || (kind == Part && ContainsPart(address));
    }

    public bool Contains(UInt128 address)
    {
        var index = Array.BinarySearch(_firsts, address);
        if (index < 0)
            index = ~index - 1;

        return index >= 0 && address <= _lasts[index];
    }

    private bool ContainsPart(uint address) =>
        (_bits[address >> 16][(address >> 6) & 1023] & (1UL << (int)(address & 63))) != 0;

    private void Add(uint first, uint last)
    {
        for (var block = first >> 16; block <= last >> 16; block++)
        {
            var (low, high) = (Math.Max(first, block << 16), Math.Min(last, (block << 16) | 0xFFFF));
            if (high - low == 0xFFFF)
                _kinds[block] = All;
            else
                AddPart(block, low & 0xFFFF, high & 0xFFFF);
        }
    }

    private void AddPart(uint block, uint low, uint high)
    {
        _kinds[block] = Part;
        var bits = _bits[block] ??= new ulong[1024];
        for (var address = low; address <= high; address++)
            bits[address >> 6] |= 1UL << (int)(address & 63);
    }
}
