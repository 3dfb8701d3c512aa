using System.Buffers.Binary;
using System.Security.Cryptography;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Responder;

/// <summary>Initial sequence numbers that nobody can guess and that need no memory of the connection (RFC 4987, section 3.6).</summary>
internal sealed class SynCookie
{
    private const int AddressBytes = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <param name="header">Of the SYN.</param>
    /// <param name="packet">From the IP header on.</param>
    public uint Of(in PacketHeader header, ReadOnlySpan<byte> packet)
    {
        Span<byte> named = stackalloc byte[(2 * AddressBytes) + 8];
        named.Clear();
        var wide = (header.Traits & PacketTraits.V6) != 0;
        packet.Slice(wide ? 8 : 12, wide ? 2 * AddressBytes : 8).CopyTo(named);
        BinaryPrimitives.WriteUInt16BigEndian(named[32..], header.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(named[34..], header.DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(named[36..], header.Sequence);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, named, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
