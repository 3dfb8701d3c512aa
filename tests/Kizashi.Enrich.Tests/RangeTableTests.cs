using CsCheck;
using Kizashi.Enrich.Ranges;

namespace Kizashi.Enrich.Tests;

public sealed class RangeTableTests
{
    [Fact]
    public void It_agrees_with_the_longest_match_among_all_prefixes()
    {
        // Few first octets, so that prefixes nest and meet at their edges.
        var prefix = Gen.Select(Gen.UInt[0, 7], Gen.UInt, Gen.Int[0, 32], (first, rest, length) => (first << 29 | rest >> 3, length));
        Gen.Select(prefix.List[0, 40], Gen.UInt.List[1, 40]).Sample((prefixes, addresses) =>
        {
            var builder = new RangeTableBuilder<uint>();
            for (var i = 0; i < prefixes.Count; i++)
                builder.Add(prefixes[i].Item1, prefixes[i].length, (ulong)i + 1);

            var table = builder.Build();
            foreach (var address in addresses.Concat(prefixes.SelectMany(Edges)))
                Assert.Equal(Slow(prefixes, address), table.Find(address));
        });
    }

    [Fact]
    public void IPv6_agrees_too()
    {
        var prefix = Gen.Select(Gen.ULong, Gen.Int[0, 128], (high, length) => ((UInt128)(high >> 60) << 124 | (high & 0xFF), length));
        Gen.Select(prefix.List[0, 30], Gen.ULong.List[1, 30]).Sample((prefixes, addresses) =>
        {
            var builder = new RangeTableBuilder<UInt128>();
            for (var i = 0; i < prefixes.Count; i++)
                builder.Add(prefixes[i].Item1, prefixes[i].length, (ulong)i + 1);

            var table = builder.Build();
            foreach (var address in addresses.Select(value => (UInt128)(value >> 60) << 124 | (value & 0x1FF)))
            {
                var best = -1;
                for (var i = 0; i < prefixes.Count; i++)
                {
                    var (network, length) = prefixes[i];
                    var matches = length == 0 || address >> (128 - length) == network >> (128 - length);
                    if (matches && (best < 0 || length > prefixes[best].length))
                        best = i;
                }

                Assert.Equal((ulong)(best + 1), table.Find(address));
            }
        });
    }

    private static IEnumerable<uint> Edges((uint Network, int Length) prefix)
    {
        var host = prefix.Length == 0 ? uint.MaxValue : (uint)((1UL << (32 - prefix.Length)) - 1);
        var (first, last) = (prefix.Network & ~host, prefix.Network | host);
        return [first, last, first - 1, last + 1];
    }

    private static ulong Slow(List<(uint Network, int Length)> prefixes, uint address)
    {
        var best = -1;
        for (var i = 0; i < prefixes.Count; i++)
        {
            var (network, length) = prefixes[i];
            var matches = length == 0 || address >> (32 - length) == network >> (32 - length);
            if (matches && (best < 0 || length > prefixes[best].Length))
                best = i;
        }

        return (ulong)(best + 1);
    }
}
