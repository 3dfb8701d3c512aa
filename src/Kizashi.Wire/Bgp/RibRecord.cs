using System.Buffers.Binary;

namespace Kizashi.Wire.Bgp;

/// <summary>Decodes the body of a TABLE_DUMP_V2 record of one prefix (RFC 6396, section 4.3; RFC 8050 for additional paths).</summary>
public static class RibRecord
{
    public const ushort Ipv4Unicast = 2;
    public const ushort Ipv6Unicast = 4;
    public const ushort Ipv4UnicastAddPath = 8;
    public const ushort Ipv6UnicastAddPath = 10;

    private const int MostOrigins = 16;

    /// <param name="subtype">One of the constants; others are <see cref="DecodeStatus.Unsupported"/>.</param>
    /// <param name="body">What follows the MRT header.</param>
    /// <param name="route">The prefix; default unless Ok.</param>
    public static DecodeStatus Decode(ushort subtype, ReadOnlySpan<byte> body, out RibRoute route)
    {
        route = default;
        if (subtype is not (Ipv4Unicast or Ipv6Unicast or Ipv4UnicastAddPath or Ipv6UnicastAddPath))
            return DecodeStatus.Unsupported;

        var v6 = subtype is Ipv6Unicast or Ipv6UnicastAddPath;
        if (body.Length < 5)
            return DecodeStatus.Truncated;

        int length = body[4];
        var bytes = (length + 7) / 8;
        if (length > (v6 ? 128 : 32))
            return DecodeStatus.Inconsistent;

        if (body.Length < 5 + bytes + 2)
            return DecodeStatus.Truncated;

        var network = NetworkOf(body.Slice(5, bytes), length, v6);
        var peers = BinaryPrimitives.ReadUInt16BigEndian(body[(5 + bytes)..]);
        var status = Entries(body[(7 + bytes)..], peers, subtype >= Ipv4UnicastAddPath, out var origin);
        if (status == DecodeStatus.Ok)
            route = new RibRoute(v6, network, length, origin, peers);

        return status;
    }

    private static UInt128 NetworkOf(ReadOnlySpan<byte> prefix, int length, bool v6)
    {
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        prefix.CopyTo(padded);
        var value = BinaryPrimitives.ReadUInt128BigEndian(padded);
        value = length == 0 ? 0 : value >> (128 - length) << (128 - length);
        return v6 ? value : value >> 96;
    }

    private static DecodeStatus Entries(ReadOnlySpan<byte> rest, int peers, bool addPath, out uint origin)
    {
        origin = 0;
        Span<(uint Origin, int Votes)> tally = stackalloc (uint, int)[MostOrigins];
        var origins = 0;
        var header = addPath ? 12 : 8;
        for (var peer = 0; peer < peers; peer++)
        {
            if (rest.Length < header)
                return DecodeStatus.Truncated;

            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[(header - 2)..]);
            if (rest.Length < header + length)
                return DecodeStatus.Truncated;

            var status = PathAttributes.Origin(rest.Slice(header, length), out var asn);
            if (status != DecodeStatus.Ok)
                return status;

            if (asn != 0)
                Vote(tally, ref origins, asn);

            rest = rest[(header + length)..];
        }

        var most = 0;
        foreach (var (candidate, votes) in tally[..origins])
        {
            if (votes > most)
                (origin, most) = (candidate, votes);
        }

        return DecodeStatus.Ok;
    }

    // More than sixteen origins of one prefix are not told apart: the winner has been seen long before.
    private static void Vote(Span<(uint Origin, int Votes)> tally, ref int origins, uint asn)
    {
        for (var i = 0; i < origins; i++)
        {
            if (tally[i].Origin != asn)
                continue;

            tally[i].Votes++;
            return;
        }

        if (origins < tally.Length)
            tally[origins++] = (asn, 1);
    }
}
