using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>DTLS 1.0 and 1.2 (RFC 6347) without the exchange of cookies: a gateway that sends its certificate to whoever says hello.</summary>
/// <remarks>Only key exchange by RSA, for which nothing is signed; who offers none of its suites is told so. The certificate is made at the start and is of no authority.</remarks>
public sealed class DtlsService : IReflectorService
{
    private const int RecordBytes = 13;
    private const int HandshakeBytes = 12;
    private const byte Handshake = 22;
    private const byte Alert = 21;
    private const int RandomBytes = 32;

    private static readonly int[] Suites = [0x009D, 0x009C, 0x003D, 0x003C, 0x0035, 0x002F, 0x000A];

    // Its key takes a while, and not everybody who names the service runs it.
    private readonly Lazy<byte[]> _certificate = new(Certify);

    public string Name => "dtls";

    public IReadOnlyList<ushort> Ports => [443, 3391, 4433];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        const byte ClientHello = 1;
        if (request.Length < RecordBytes + HandshakeBytes + 2 + RandomBytes + 1 || request[0] != Handshake || request[1] != 0xFE || request[RecordBytes] != ClientHello)
            return 0;

        var hello = request[(RecordBytes + HandshakeBytes)..];
        var isOld = hello[1] == 0xFF;
        if (!TryChoose(hello, out var suite))
        {
            // handshake_failure.
            var refusal = new ReplyWriter(room);
            WriteRecord(ref refusal, Alert, isOld, 0, [2, 40]);
            return refusal.Length;
        }

        // Behind the suite no compression, and the promise of secure renegotiation (RFC 5746), without which clients hang up.
        Span<byte> server = stackalloc byte[2 + RandomBytes + 1 + 2 + 1 + 7];
        server.Clear();
        (server[0], server[1]) = (0xFE, isOld ? (byte)0xFF : (byte)0xFD);
        SHA256.HashData(hello.Slice(2, RandomBytes), server.Slice(2, RandomBytes));
        BinaryPrimitives.WriteUInt16BigEndian(server[(2 + RandomBytes + 1)..], (ushort)suite);
        var certificate = _certificate.Value;
        ((ReadOnlySpan<byte>)[0, 5, 0xFF, 1, 0, 1, 0]).CopyTo(server[^7..]);
        Span<byte> chain = stackalloc byte[6 + certificate.Length];
        Write24(chain, certificate.Length + 3);
        Write24(chain[3..], certificate.Length);
        certificate.CopyTo(chain[6..]);
        var writer = new ReplyWriter(room);
        WriteHandshake(ref writer, isOld, (2, 0), server);
        WriteHandshake(ref writer, isOld, (11, 1), chain);
        WriteHandshake(ref writer, isOld, (14, 2), []);
        return writer.Length;
    }

    // The session's number, the cookie, then the suites.
    private static bool TryChoose(ReadOnlySpan<byte> hello, out int suite)
    {
        suite = 0;
        var at = 2 + RandomBytes;
        for (var skip = 0; skip < 2; skip++)
        {
            if (at >= hello.Length)
                return false;

            at += 1 + hello[at];
        }

        if (at + 2 > hello.Length)
            return false;

        var end = Math.Min(hello.Length, at + 2 + BinaryPrimitives.ReadUInt16BigEndian(hello[at..]));
        for (at += 2; at + 2 <= end; at += 2)
        {
            var offered = BinaryPrimitives.ReadUInt16BigEndian(hello[at..]);
            if (Suites.Contains(offered) && (suite == 0 || Array.IndexOf(Suites, offered) < Array.IndexOf(Suites, suite)))
                suite = offered;
        }

        return suite != 0;
    }

    private static void WriteHandshake(ref ReplyWriter writer, bool isOld, (byte Type, int Number) message, scoped ReadOnlySpan<byte> body)
    {
        Span<byte> whole = stackalloc byte[HandshakeBytes + body.Length];
        whole[0] = message.Type;
        Write24(whole[1..], body.Length);
        BinaryPrimitives.WriteUInt16BigEndian(whole[4..], (ushort)message.Number);
        Write24(whole[6..], 0);
        Write24(whole[9..], body.Length);
        body.CopyTo(whole[HandshakeBytes..]);
        WriteRecord(ref writer, Handshake, isOld, message.Number, whole);
    }

    private static void WriteRecord(ref ReplyWriter writer, byte type, bool isOld, int number, scoped ReadOnlySpan<byte> body)
    {
        writer.Write(type);
        writer.Write16(isOld ? 0xFEFF : 0xFEFD);
        writer.Write16(0);
        writer.Write16(0);
        writer.Write32((uint)number);
        writer.Write16(body.Length);
        writer.Write(body);
    }

    private static void Write24(Span<byte> to, int value) => (to[0], to[1], to[2]) = ((byte)(value >> 16), (byte)(value >> 8), (byte)value);

    private static byte[] Certify()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=gateway.example.net, O=Example Networks", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(52), DateTimeOffset.UnixEpoch.AddYears(82));
        return certificate.RawData;
    }
}
