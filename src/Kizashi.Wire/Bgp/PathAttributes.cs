using System.Buffers.Binary;

namespace Kizashi.Wire.Bgp;

/// <summary>Reads the path attributes of a BGP route (RFC 4271, section 4.3), with four-byte AS numbers (RFC 6396, 4.3.4).</summary>
public static class PathAttributes
{
    private const byte ExtendedLength = 0x10;
    private const byte AsPathType = 2;
    private const byte AsSet = 1;
    private const byte AsSequence = 2;
    private const byte ConfederationSequence = 3;
    private const byte ConfederationSet = 4;

    /// <summary>The AS at the end of the path: the last of a sequence, the first of a set; 0 for a route of one's own.</summary>
    public static DecodeStatus Origin(ReadOnlySpan<byte> attributes, out uint asn)
    {
        asn = 0;
        while (!attributes.IsEmpty)
        {
            if (attributes.Length < 3)
                return DecodeStatus.Truncated;

            var extended = (attributes[0] & ExtendedLength) != 0;
            var header = extended ? 4 : 3;
            if (attributes.Length < header)
                return DecodeStatus.Truncated;

            int length = extended ? BinaryPrimitives.ReadUInt16BigEndian(attributes[2..]) : attributes[2];
            if (attributes.Length < header + length)
                return DecodeStatus.Truncated;

            if (attributes[1] == AsPathType)
                return PathOrigin(attributes.Slice(header, length), out asn);

            attributes = attributes[(header + length)..];
        }

        return DecodeStatus.Ok;
    }

    private static DecodeStatus PathOrigin(ReadOnlySpan<byte> path, out uint asn)
    {
        asn = 0;
        while (!path.IsEmpty)
        {
            if (path.Length < 2)
                return DecodeStatus.Truncated;

            var (kind, count) = (path[0], path[1]);
            if (kind is < AsSet or > ConfederationSet)
                return DecodeStatus.Inconsistent;

            if (path.Length < 2 + (count * 4))
                return DecodeStatus.Truncated;

            if (count > 0 && kind is AsSequence or ConfederationSequence)
                asn = BinaryPrimitives.ReadUInt32BigEndian(path[(2 + ((count - 1) * 4))..]);
            else if (count > 0)
                asn = BinaryPrimitives.ReadUInt32BigEndian(path[2..]);

            path = path[(2 + (count * 4))..];
        }

        return DecodeStatus.Ok;
    }
}
