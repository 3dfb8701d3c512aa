using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Kizashi.Core.Addresses;

/// <summary>A block of addresses, such as 192.0.2.0/24; host bits are cleared.</summary>
[JsonConverter(typeof(PrefixJsonConverter))]
public readonly record struct Prefix : IComparable<Prefix>, ISpanParsable<Prefix>
{
    /// <param name="address">Any address inside the block.</param>
    /// <param name="length">0..32 for IPv4, 0..128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length does not fit the family.</exception>
    public Prefix(Address address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.Bits);
        Length = length;
        var hostBits = address.Bits - length;
        First = new Address(hostBits == 128 ? UInt128.Zero : address.Value >> hostBits << hostBits);
    }

    /// <summary>The block of this address alone.</summary>
    public static Prefix Of(Address address) => new(address, address.Bits);

    public Address First { get; }

    /// <summary>Network bits in the address's own family.</summary>
    public int Length { get; }

    public Address Last => new(First.Value | HostMask);

    /// <summary>It holds one address.</summary>
    public bool IsOne => Length == First.Bits;

    public bool IsV4 => First.IsV4;

    /// <summary>How many addresses the block holds, as a floating point number since a /0 of IPv6 has 2^128.</summary>
    public double Size => Math.Pow(2, First.Bits - Length);

    private UInt128 HostMask
    {
        get
        {
            var hostBits = First.Bits - Length;
            return hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
        }
    }

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Prefix result)
    {
        result = default;
        var slash = s.IndexOf('/');
        if (!Address.TryParse(slash < 0 ? s : s[..slash], provider, out var address))
            return false;

        var length = address.Bits;
        if (slash >= 0 && !int.TryParse(s[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length))
            return false;

        if (length > address.Bits)
            return false;

        result = new Prefix(address, length);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Prefix result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out Prefix result) => TryParse(s, null, out result);

    /// <exception cref="FormatException">The text is no prefix.</exception>
    public static Prefix Parse(ReadOnlySpan<char> s) =>
        TryParse(s, null, out var result) ? result : throw new FormatException($"'{s}' is not an address prefix.");

    public static Prefix Parse(string s) => Parse(s.AsSpan());

    static Prefix ISpanParsable<Prefix>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static Prefix IParsable<Prefix>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public bool Contains(Address address) => address >= First && address <= Last && address.IsV4 == IsV4;

    public int CompareTo(Prefix other)
    {
        var byFirst = First.CompareTo(other.First);
        return byFirst != 0 ? byFirst : Length.CompareTo(other.Length);
    }

    public override string ToString() => $"{First}/{Length}";

    public static bool operator <(Prefix left, Prefix right) => left.CompareTo(right) < 0;

    public static bool operator >(Prefix left, Prefix right) => left.CompareTo(right) > 0;

    public static bool operator <=(Prefix left, Prefix right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Prefix left, Prefix right) => left.CompareTo(right) >= 0;
}
