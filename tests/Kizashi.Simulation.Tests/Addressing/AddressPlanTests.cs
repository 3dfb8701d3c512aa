using CsCheck;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;

namespace Kizashi.Simulation.Tests.Addressing;

public sealed class AddressPlanTests
{
    [Fact]
    public void Everything_invented_is_out_of_space_that_belongs_to_nobody()
    {
        Gen.ULong.Sample(seed =>
        {
            var networks = AddressPlan.Create(seed).Networks;
            var (reserved, documentation) = (Prefix.Parse("240.0.0.0/4"), Prefix.Parse("3fff::/20"));
            foreach (var network in networks)
            {
                Assert.True(reserved.Contains(network.Prefix.Last) || documentation.Contains(network.Prefix.Last));
                Assert.True(!network.Prefix.IsV4 || network.Prefix.Last.V4 >> 24 < 255);
                Assert.True(network.Asn is (>= 64496 and <= 64511) or (>= 65536 and <= 65551) or (>= 4200000000 and <= 4294967294));
                Assert.EndsWith("(simulated)", network.AsName, StringComparison.Ordinal);
                Assert.Equal(2, network.Country.Length);
            }

            var ordered = networks.OrderBy(network => network.Prefix).ToArray();
            Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.First.Prefix.Last < pair.Second.Prefix.First));
            Assert.True(networks.Select(network => network.Country).Distinct().Count() >= 30);
        }, iter: 20);
    }

    [Fact]
    public void Sources_of_different_numbers_are_different_addresses_that_do_not_look_forged()
    {
        var space = new SourceSpace(AddressPlan.Create(5));
        Gen.Select(Gen.ULong[0, 50_000_000], Gen.ULong[0, 50_000_000], Gen.Bool).Sample((one, other, v6) =>
        {
            Assert.Equal(one == other, space.At(one, v6) == space.At(other, v6));
            Assert.True(v6 || space.At(one, v6).V4 % 256 is not (0 or 255));
        });
    }

    [Fact]
    public void Survey_projects_send_from_blocks_of_their_own()
    {
        var plan = AddressPlan.Create(6);
        var space = new SourceSpace(plan);
        var (first, second) = (space.TakeNeighbors(300), space.TakeNeighbors(40));

        Assert.Equal(340, first.Concat(second).Distinct().Count());
        Assert.Equal(2, first.Select(address => address.V4 >> 8).Distinct().Count());
        Assert.Single(second.Select(address => address.V4 >> 8).Distinct());
        Assert.Empty(first.Select(address => address.V4 >> 8).Intersect(second.Select(address => address.V4 >> 8)));
        Assert.All(first.Concat(second), address => Assert.EndsWith("(simulated)", plan.Find(address)!.AsName, StringComparison.Ordinal));
        Assert.All(first.Concat(second), address => Assert.StartsWith("Example Survey", plan.Find(address)!.AsName, StringComparison.Ordinal));
        for (ulong number = 0; number < 5_000; number++)
            Assert.DoesNotContain("Survey", plan.Find(space.At(number, v6: false))!.AsName, StringComparison.Ordinal);
    }

    [Fact]
    public void A_walk_meets_every_dark_address_once_before_it_comes_back()
    {
        var prefix = Gen.OneOf(
            Gen.Int[22, 32].Select(length => new Prefix(Address.Parse("198.18.0.0"), length)),
            Gen.Int[24, 32].Select(length => new Prefix(Address.Parse("198.18.8.0"), length)));
        Gen.Select(prefix.Array[1, 3], Gen.ULong).Sample((dark, seed) =>
        {
            var space = new DarkSpace(dark, v6: false);
            Assert.Equal(new PrefixSet(dark).SizeV4, space.Size);

            var step = space.Step(new SeededRandom(seed));
            var seen = new HashSet<Address>();
            for (ulong turn = 0, number = seed % space.Size; turn < space.Size; turn++, number = (number + step) % space.Size)
                Assert.True(seen.Add(space.At(number)));

            Assert.All(seen, address => Assert.Contains(dark, one => one.Contains(address)));
        }, iter: 100);
    }

    [Theory]
    [InlineData("2001:db8::/32")]
    [InlineData("2001:db8::/48")]
    [InlineData("2001:db8::/60")]
    [InlineData("2001:db8::/64")]
    [InlineData("2001:db8::/112")]
    [InlineData("2001:db8::7/128")]
    public void Numbered_IPv6_addresses_are_distinct_and_inside_their_prefix(string text)
    {
        var prefix = Prefix.Parse(text);
        var space = new DarkSpace([prefix], v6: true);
        var random = new SeededRandom(1);
        var seen = new Dictionary<Address, ulong>();
        for (var i = 0; i < 2_000; i++)
        {
            var number = random.Below(space.Size);
            var address = space.At(number);
            Assert.True(prefix.Contains(address));
            Assert.True(seen.TryAdd(address, number) || seen[address] == number);
        }
    }
}
