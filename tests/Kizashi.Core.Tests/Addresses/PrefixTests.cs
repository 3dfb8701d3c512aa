using System.Numerics;
using System.Text.Json;
using CsCheck;
using Kizashi.Core.Addresses;

namespace Kizashi.Core.Tests.Addresses;

public sealed class PrefixTests
{
    public static Gen<Prefix> Any { get; } = AddressTests.Any.SelectMany(
        address => Gen.Int[0, address.Bits].Select(length => new Prefix(address, length)));

    [Fact]
    public void Text_and_json_come_back_as_the_same_prefix() =>
        Any.Sample(prefix => Prefix.Parse(prefix.ToString()) == prefix
            && JsonSerializer.Deserialize<Prefix>(JsonSerializer.Serialize(prefix)) == prefix);

    [Fact]
    public void It_contains_what_shares_its_leading_bits() =>
        Gen.Select(Any, AddressTests.Any).Sample((prefix, address) =>
        {
            var near = Near(prefix, address);
            return prefix.Contains(address) == Shares(prefix, address) && prefix.Contains(near) == Shares(prefix, near);
        });

    [Fact]
    public void First_and_last_are_its_edges() =>
        Any.Sample(prefix =>
        {
            // The last of ::/80 and its like is the mapped form of an IPv4 address, and those are in no IPv6 prefix.
            Assert.True(prefix.Contains(prefix.First));
            Assert.Equal(prefix.Last.IsV4 == prefix.IsV4, prefix.Contains(prefix.Last));
            Assert.Equal(prefix.Size, Math.Round((double)(BigInteger)(prefix.Last.Value - prefix.First.Value) + 1), prefix.Size * 1e-9);
            if (prefix.First.Value > 0)
                Assert.False(prefix.Contains(new Address(prefix.First.Value - 1)));

            if (prefix.Last.Value < UInt128.MaxValue)
                Assert.False(prefix.Contains(new Address(prefix.Last.Value + 1)));
        });

    [Fact]
    public void Ipv4_addresses_are_in_no_ipv6_prefix()
    {
        foreach (var text in new[] { "::/0", "::/80", "::fffe:0:0/95" })
        {
            Assert.False(Prefix.Parse(text).Contains(Address.Parse("255.255.255.255")));
            Assert.True(Prefix.Parse(text).Contains(Prefix.Parse(text).First));
        }
    }

    [Theory]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/ 24")]
    [InlineData("192.0.2.0/")]
    [InlineData("2001:db8::/129")]
    [InlineData("/24")]
    [InlineData("192.0.2.0/24/24")]
    public void What_is_no_prefix_is_refused(string text) => Assert.False(Prefix.TryParse(text, out _));

    [Fact]
    public void Host_bits_are_cleared_and_a_bare_address_is_a_prefix_of_one()
    {
        Assert.Equal("192.0.2.0/24", Prefix.Parse("192.0.2.77/24").ToString());
        Assert.Equal("192.0.2.7/32", Prefix.Parse("192.0.2.7").ToString());
        Assert.Equal("2001:db8::/32", Prefix.Parse("2001:db8:1::/32").ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Prefix(Address.Parse("192.0.2.1"), 33));
    }

    private static Address Near(Prefix prefix, Address other)
    {
        var hostBits = prefix.First.Bits - prefix.Length;
        var mask = hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
        return new Address(prefix.First.Value | (other.Value & mask));
    }

    private static bool Shares(Prefix prefix, Address address)
    {
        if (prefix.IsV4 != address.IsV4)
            return false;

        var (left, right) = (prefix.First.ToBytes(), address.ToBytes());
        for (var bit = 0; bit < prefix.Length; bit++)
        {
            if (((left[bit / 8] ^ right[bit / 8]) >> (7 - (bit % 8)) & 1) != 0)
                return false;
        }

        return true;
    }
}
