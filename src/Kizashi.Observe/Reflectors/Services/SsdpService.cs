namespace Kizashi.Observe.Reflectors.Services;

/// <summary>SSDP (UPnP Device Architecture 1.1, section 1.3): a search gets the answer of a root device.</summary>
public sealed class SsdpService : IReflectorService
{
    public string Name => "ssdp";

    public IReadOnlyList<ushort> Ports => [1900];

    private static ReadOnlySpan<byte> Root =>
        "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: upnp:rootdevice\r\nUSN: uuid:73796E6F-6473-6D00-0000-0011324ef3a7::upnp:rootdevice\r\nEXT:\r\nSERVER: Linux/3.10, UPnP/1.0, MiniUPnPd/1.9\r\nLOCATION: http://192.168.1.1:49152/rootDesc.xml\r\n\r\n"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room) =>
        request.StartsWith("M-SEARCH"u8) && request.IndexOf("ssdp:discover"u8) > 0 ? Reply.Whole(Root, room) : 0;
}
