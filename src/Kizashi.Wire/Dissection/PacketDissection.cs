namespace Kizashi.Wire.Dissection;

/// <summary>Shows a packet to people: its layers and their fields. Takes any bytes.</summary>
public static class PacketDissection
{
    /// <param name="ipPacket">From the IP header on, as far as it was captured.</param>
    public static IReadOnlyList<DissectedLayer> Dissect(ReadOnlyMemory<byte> ipPacket)
    {
        var dissector = new Dissector(ipPacket);
        IpDissection.Dissect(dissector, new Stretch(0, ipPacket.Length), depth: 0);
        return dissector.Layers;
    }
}
