using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace Kizashi.Core.Addresses;

/// <summary>An IPv4 or IPv6 address as one 128-bit number; IPv4 is held in its mapped form ::ffff:a.b.c.d.</summary>
[JsonConverter(typeof(AddressJsonConverter))]
public readonly record struct Address(UInt128 Value) : IComparable<Address>, ISpanParsable<Address>
{
    private static readonly UInt128 MappedMark = (UInt128)0xFFFF << 32;

    public bool IsV4 => Value >> 32 == 0xFFFF;

    /// <summary>32 for IPv4, 128 for IPv6.</summary>
    public int Bits => IsV4 ? 32 : 128;

    /// <summary>The IPv4 address as a number in host order; only meaningful when <see cref="IsV4"/>.</summary>
    public uint V4 => (uint)Value;

    public static Address FromV4(uint value) => new(MappedMark | value);

    public static Address FromV6(UInt128 value) => new(value);

    /// <summary>Takes 4 or 16 bytes in network order; any other length gives ::.</summary>
    public static Address FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromV4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new Address(BinaryPrimitives.ReadUInt128BigEndian(bytes)),
        _ => default,
    };

    public static Address FromIPAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return FromBytes(address.GetAddressBytes());
    }

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Address result)
    {
        result = default;
        if (!IPAddress.TryParse(s, out var parsed) || (parsed.AddressFamily == AddressFamily.InterNetwork && !IsDottedQuad(s)))
            return false;

        if (parsed.AddressFamily == AddressFamily.InterNetworkV6 && parsed.ScopeId != 0)
            return false;

        result = FromIPAddress(parsed);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Address result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out Address result) => TryParse(s, null, out result);

    /// <exception cref="FormatException">The text is no address.</exception>
    public static Address Parse(ReadOnlySpan<char> s) =>
        TryParse(s, null, out var result) ? result : throw new FormatException($"'{s}' is not an IP address.");

    public static Address Parse(string s) => Parse(s.AsSpan());

    static Address ISpanParsable<Address>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static Address IParsable<Address>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public int CompareTo(Address other) => Value.CompareTo(other.Value);

    /// <summary>4 or 16 bytes in network order.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return IsV4 ? bytes[12..] : bytes;
    }

    public IPAddress ToIPAddress() => new(ToBytes());

    public override string ToString() => ToIPAddress().ToString();

    public static bool operator <(Address left, Address right) => left.Value < right.Value;

    public static bool operator >(Address left, Address right) => left.Value > right.Value;

    public static bool operator <=(Address left, Address right) => left.Value <= right.Value;

    public static bool operator >=(Address left, Address right) => left.Value >= right.Value;

    // IPAddress reads "1" and "0x7f.1" as IPv4; an operator who writes that made a mistake.
    private static bool IsDottedQuad(ReadOnlySpan<char> s)
    {
        var dots = 0;
        foreach (var c in s)
        {
            if (c == '.')
                dots++;
            else if (!char.IsAsciiDigit(c))
                return false;
        }

        return dots == 3;
    }
}
