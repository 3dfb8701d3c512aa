using System.Net;
using System.Text.Json;
using CsCheck;
using Kizashi.Core.Addresses;

namespace Kizashi.Core.Tests.Addresses;

public sealed class AddressTests
{
    public static Gen<Address> Any { get; } = Gen.OneOf(
        Gen.UInt.Select(Address.FromV4),
        Gen.Select(Gen.ULong, Gen.ULong, (high, low) => Address.FromV6(new UInt128(high, low))));

    [Fact]
    public void Text_comes_back_as_the_same_address() =>
        Any.Sample(address => Address.Parse(address.ToString()) == address);

    [Fact]
    public void Bytes_come_back_as_the_same_address() => Any.Sample(address => Address.FromBytes(address.ToBytes()) == address);

    [Fact]
    public void It_reads_and_writes_as_the_framework_does() =>
        Any.Sample(address =>
        {
            var framework = new IPAddress(address.ToBytes());
            return framework.ToString() == address.ToString() && Address.FromIPAddress(framework) == address;
        });

    [Fact]
    public void Order_is_the_order_of_the_bytes_within_a_family() =>
        Gen.Select(Any, Any).Where(pair => pair.Item1.IsV4 == pair.Item2.IsV4).Sample((left, right) =>
            Math.Sign(left.CompareTo(right)) == Math.Sign(left.ToBytes().AsSpan().SequenceCompareTo(right.ToBytes()))
            && left < right == right > left && left <= right == right >= left);

    [Theory]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("0x7f.1")]
    [InlineData("256.1.1.1")]
    [InlineData("192.0.2.1/24")]
    [InlineData("fe80::1%1")]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("2001:db8::g")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Address.Parse(text));
    }

    [Fact]
    public void A_mapped_address_is_IPv4()
    {
        Assert.True(Address.Parse("::ffff:192.0.2.1").IsV4);
        Assert.Equal(Address.Parse("192.0.2.1"), Address.Parse("::ffff:192.0.2.1"));
        Assert.Equal(0xC0000201u, Address.Parse("192.0.2.1").V4);
        Assert.Equal((32, 128), (Address.Parse("192.0.2.1").Bits, Address.Parse("::1").Bits));
    }

    [Fact]
    public void Any_other_number_of_bytes_gives_the_unspecified_address() =>
        Gen.Byte.Array[0, 20].Where(bytes => bytes.Length is not 4 and not 16).Sample(bytes => Address.FromBytes(bytes) == default);

    [Fact]
    public void Json_is_its_text()
    {
        Any.Sample(address => JsonSerializer.Deserialize<Address>(JsonSerializer.Serialize(address)) == address);
        Assert.Equal("\"2001:db8::1\"", JsonSerializer.Serialize(Address.Parse("2001:0DB8::0001")));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Address>("\"nonsense\""));
    }
}
