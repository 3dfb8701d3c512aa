using CsCheck;
using Kizashi.Core.Addresses;

namespace Kizashi.Core.Tests.Addresses;

public sealed class PrefixSetTests
{
    /// <summary>Prefixes that overlap often: near each other, in both families, some around the mapped block.</summary>
    private static readonly Gen<Prefix> Crowded = Gen.OneOf(
        Gen.Select(Gen.UInt[0, 1023], Gen.Int[20, 32], (low, length) => new Prefix(Address.FromV4(0xC0000000u + low), length)),
        Gen.Select(Gen.UInt[0, 1023], Gen.Int[116, 128], (low, length) => new Prefix(Six(low), length)),
        Gen.Select(Gen.Const(0), Gen.Int[0, 128], (_, length) => new Prefix(Address.FromV6(1), length)),
        PrefixTests.Any);

    private static readonly Gen<Address> Asked = Gen.OneOf(
        Gen.UInt[0, 1023].Select(low => Address.FromV4(0xC0000000u + low)),
        Gen.UInt[0, 1023].Select(Six),
        Gen.UInt[0, 3].Select(low => Address.FromV6(low)),
        AddressTests.Any);

    [Fact]
    public void It_contains_what_a_look_at_every_prefix_says() =>
        Gen.Select(Crowded.Array[0, 12], Crowded.Array[0, 6], Asked.Array[20]).Sample(
            (prefixes, except, addresses) =>
            {
                var set = new PrefixSet(prefixes, except);
                return addresses.Concat(Edges(prefixes)).Concat(Edges(except)).All(address =>
                    set.Contains(address) == (prefixes.Any(prefix => prefix.Contains(address))
                        && !except.Any(hole => hole.Contains(address))));
            },
            iter: 2_000);

    [Fact]
    public void Ranges_are_disjoint_ascending_and_of_one_family() =>
        Gen.Select(Crowded.Array[0, 12], Crowded.Array[0, 6]).Sample((prefixes, except) =>
        {
            var ranges = new PrefixSet(prefixes, except).Ranges.ToList();
            Assert.All(ranges, range => Assert.True(range.First <= range.Last && range.First.IsV4 == range.Last.IsV4));
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.First));
        });

    [Fact]
    public void Its_size_is_the_number_of_addresses() =>
        Gen.Select(
            Gen.Select(Gen.UInt[0, 255], Gen.Int[24, 32], (low, length) => new Prefix(Address.FromV4(low), length)).Array[0, 8],
            Gen.Select(Gen.UInt[0, 255], Gen.Int[24, 32], (low, length) => new Prefix(Address.FromV4(low), length)).Array[0, 4])
        .Sample((prefixes, except) =>
        {
            var set = new PrefixSet(prefixes, except);
            return set.SizeV4 == (ulong)Enumerable.Range(0, 512).Count(low => set.Contains(Address.FromV4((uint)low)));
        });

    [Fact]
    public void Everything_holds_both_families_and_empty_none() =>
        AddressTests.Any.Sample(address => PrefixSet.Everything.Contains(address) && !PrefixSet.Empty.Contains(address));

    [Fact]
    public void The_whole_of_each_family_is_counted()
    {
        Assert.Equal(1UL << 32, PrefixSet.Everything.SizeV4);
        Assert.True(PrefixSet.Empty.IsEmpty);
        Assert.True(new PrefixSet([Prefix.Parse("192.0.2.0/24")], [Prefix.Parse("192.0.0.0/16")]).IsEmpty);
        Assert.Equal(0UL, new PrefixSet([Prefix.Parse("::/0")]).SizeV4);
    }

    private static IEnumerable<Address> Edges(Prefix[] prefixes) => prefixes.SelectMany(prefix => new[]
    {
        prefix.First, prefix.Last, new Address(prefix.First.Value - 1), new Address(prefix.Last.Value + 1),
    });

    private static Address Six(uint low) => Address.FromV6(((UInt128)0x20010DB8 << 96) + low);
}
