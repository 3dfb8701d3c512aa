namespace Kizashi.Observe.Reflectors.Services;

/// <summary>CoAP (RFC 7252, 6690): GET /.well-known/core lists resources; other paths are not found.</summary>
public sealed class CoapService : IReflectorService
{
    private const int HeaderBytes = 4;

    public string Name => "coap";

    public IReadOnlyList<ushort> Ports => [5683];

    private static ReadOnlySpan<byte> Links =>
        "</>;ct=0,</.well-known/core>;ct=40,</sensors/temp>;rt=\"temperature-c\";if=\"sensor\";obs,</sensors/hum>;rt=\"humidity\";if=\"sensor\";obs,</act/relay>;rt=\"switch\";if=\"actuator\",</dev/info>;rt=\"info\";ct=50,</fw/version>;rt=\"version\";sz=32,</net/routes>;rt=\"rpl\",</oic/res>;rt=\"oic.wk.res\";ct=10000"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        const byte Get = 1;
        if (request.Length < HeaderBytes || request[0] >> 6 != 1 || (request[0] & 15) > 8 || (request[0] >> 4 & 3) > 1 || request[1] != Get)
            return 0;

        var token = request[0] & 15;
        if (request.Length < HeaderBytes + token)
            return 0;

        var isCore = request.IndexOf(".well-known"u8) > 0 && request.IndexOf("core"u8) > 0;
        var writer = new ReplyWriter(room);

        // A confirmable request gets its acknowledgement with the answer in it.
        var type = (request[0] >> 4 & 3) == 0 ? 2 : 1;
        writer.Write((byte)(0x40 | (type << 4) | token));
        writer.Write(isCore ? (byte)0x45 : (byte)0x84);
        writer.Write(request.Slice(2, 2));
        writer.Write(request.Slice(HeaderBytes, token));
        if (isCore)
        {
            writer.Write([0xC1, 40, 0xFF]);
            writer.Write(Links[..Math.Min(Links.Length, Math.Max(1, writer.Left))]);
        }

        return writer.Length;
    }
}
