using System.Buffers.Binary;
using System.IO.Hashing;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>OpenVPN over UDP: the first message of a server, P_CONTROL_HARD_RESET_SERVER_V2, to a client's hard reset.</summary>
/// <remarks>A real server sends it again and again until it is acknowledged, which is what is abused; this one sends it once.</remarks>
public sealed class OpenVpnService : IReflectorService
{
    private const int SessionBytes = 8;

    public string Name => "openvpn";

    public IReadOnlyList<ushort> Ports => [1194];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        // Opcode in the upper five bits: HARD_RESET_CLIENT_V2 or V3; then the session, the acknowledged, the number of the message.
        if (request.Length < 1 + SessionBytes + 1 + 4 || request[0] >> 3 is not (7 or 10))
            return 0;

        var acknowledged = 1 + SessionBytes;
        var numberAt = acknowledged + 1 + (request[acknowledged] == 0 ? 0 : (request[acknowledged] * 4) + SessionBytes);
        if (request.Length < numberAt + 4)
            return 0;

        const int HardResetServer = 8;
        var writer = new ReplyWriter(room);
        Span<byte> session = stackalloc byte[SessionBytes];
        BinaryPrimitives.WriteUInt64BigEndian(session, XxHash3.HashToUInt64(request));
        writer.Write(HardResetServer << 3);
        writer.Write(session);
        writer.Write(1);
        writer.Write(request.Slice(numberAt, 4));
        writer.Write(request.Slice(1, SessionBytes));
        writer.Write32(0);
        return writer.Length;
    }
}
