using System.Buffers.Binary;

namespace Kizashi.Wire.Ip;

/// <summary>The Internet checksum (RFC 1071), summed 32 bits at a time.</summary>
public static class Checksum
{
    /// <summary>The sum with these bytes added to it; all but the last stretch must be even.</summary>
    public static ulong Add(ReadOnlySpan<byte> bytes, ulong sum)
    {
        while (bytes.Length >= 4)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
            bytes = bytes[4..];
        }

        if (bytes.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[2..];
        }

        return bytes.IsEmpty ? sum : sum + ((ulong)bytes[0] << 8);
    }

    /// <summary>The complement that goes into the header; 0 of bytes whose own checksum is right.</summary>
    public static ushort Fold(ulong sum)
    {
        sum = (sum & 0xFFFFFFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
