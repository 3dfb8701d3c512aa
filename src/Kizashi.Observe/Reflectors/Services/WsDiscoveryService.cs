namespace Kizashi.Observe.Reflectors.Services;

/// <summary>WS-Discovery (OASIS 1.1) of a network camera: a Probe gets ProbeMatches, whatever it looks for.</summary>
public sealed class WsDiscoveryService : IReflectorService
{
    private const int MostId = 128;

    public string Name => "ws-discovery";

    public IReadOnlyList<ushort> Ports => [3702];

    private static ReadOnlySpan<byte> Head =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action><a:RelatesTo>"u8;

    private static ReadOnlySpan<byte> Tail =>
        "</a:RelatesTo></s:Header><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:5f5a69c2-e0ae-504f-829b-00408cfa51b2</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/IPCAM</d:Scopes><d:XAddrs>http://192.0.2.64/onvif/device_service</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        // Attackers send fragments of XML; real devices answer many of them.
        if (request.Length < 5 || request.IndexOf((byte)'<') < 0)
            return 0;

        var id = ReadOnlySpan<byte>.Empty;
        var at = request.IndexOf("MessageID"u8);
        if (at >= 0 && request[at..].IndexOf((byte)'>') is >= 0 and var start)
        {
            var rest = request[(at + start + 1)..];
            var end = rest.IndexOf((byte)'<');
            if (end is > 0 and <= MostId && !rest[..end].ContainsAny("&>\""u8))
                id = rest[..end];
        }

        var writer = new ReplyWriter(room);
        writer.Write(Head);
        writer.Write(id);
        writer.Write(Tail);
        return writer.Length;
    }
}
