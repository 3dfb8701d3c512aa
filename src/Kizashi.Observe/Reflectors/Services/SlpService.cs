using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>SLP version 2 (RFC 2608): service, attribute and service type requests, as hypervisors answer them.</summary>
public sealed class SlpService : IReflectorService
{
    private const int HeaderBytes = 14;

    public string Name => "slp";

    public IReadOnlyList<ushort> Ports => [427];

    private static ReadOnlySpan<byte> Types =>
        "service:VMwareInfrastructure,service:wbem:https,service:wbem:http,service:service-agent,service:daytime.pool,service:ntp.pool,service:printer:lpr,service:management-hardware.ibm"u8;

    private static ReadOnlySpan<byte> Url => "service:VMwareInfrastructure://192.0.2.20"u8;

    private static ReadOnlySpan<byte> Attributes => "(product=VMware ESXi 6.0.0 build-3620759),(hardwareUuid=44454C4C-3400-104A-8053-B7C04F323532),(hostname=esx20)"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < HeaderBytes || request[0] != 2)
            return 0;

        var language = BinaryPrimitives.ReadUInt16BigEndian(request[12..]);
        if (language > 16 || request.Length < HeaderBytes + language)
            return 0;

        var answer = request[1] switch
        {
            1 => 2,
            6 => 7,
            9 => 10,
            _ => 0,
        };
        if (answer == 0)
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write([2, (byte)answer, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(request.Slice(10, 4));
        writer.Write(request.Slice(HeaderBytes, language));
        writer.Write16(0);
        switch (answer)
        {
            case 2:
                writer.Write16(1);
                writer.Write([0, 0xFF, 0xFF]);
                writer.Write16(Url.Length);
                writer.Write(Url);
                writer.Write(0);
                break;
            case 7:
                writer.Write16(Attributes.Length);
                writer.Write(Attributes);
                writer.Write(0);
                break;
            default:
                writer.Write16(Types.Length);
                writer.Write(Types);
                break;
        }

        // Length of the whole in 24 bits; 16 are enough here.
        writer.Patch16(3, writer.Length);
        return writer.Length;
    }
}
