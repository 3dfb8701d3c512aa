using System.Security.Cryptography;
using System.Text;

namespace Kizashi.Share.Stix;

/// <summary>Deterministic identifiers: UUID version 5 (RFC 9562, section 5.5).</summary>
internal static class StixId
{
    /// <summary>The namespace of SCO identifiers (STIX 2.1, section 2.9).</summary>
    private static readonly Guid Observables = Guid.Parse("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// <summary>Of all other objects that this program makes.</summary>
    private static readonly Guid Kizashi = Guid.Parse("4b7a3f0c-9d51-4c7e-8a26-6f5e2b90d1c8");

    /// <param name="type">STIX type, the first part of the identifier.</param>
    /// <param name="canonicalJson">The id contributing properties as RFC 8785 writes them.</param>
    public static string OfObservable(string type, string canonicalJson) => $"{type}--{V5(Observables, canonicalJson)}";

    public static string Of(string type, string name) => $"{type}--{V5(Kizashi, $"{type}\0{name}")}";

    private static Guid V5(Guid space, string name)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(name.Length)];
        space.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The UUID standard demands SHA-1; nothing is protected by it.
        SHA1.HashData(input[..length], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
