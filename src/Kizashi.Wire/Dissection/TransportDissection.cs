using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Dissection;

/// <summary>Shows TCP, UDP and SCTP headers, and what they carry as payload.</summary>
internal static class TransportDissection
{
    private static readonly string[] FlagNames = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    public static void Dissect(Dissector dissector, Stretch rest, byte protocol)
    {
        switch (protocol)
        {
            case IpProtocol.Tcp:
                DissectTcp(dissector, rest);
                break;
            case IpProtocol.Udp:
                DissectUdp(dissector, rest);
                break;
            case IpProtocol.Sctp:
                DissectSctp(dissector, rest);
                break;
            default:
                dissector.AddPayload(rest);
                break;
        }
    }

    private static void DissectTcp(Dissector dissector, Stretch rest)
    {
        var at = rest.Start;
        dissector.BeginLayer("TCP");
        AddPorts(dissector, rest);

        // A quoted segment often ends here: RFC 792 asks for 8 bytes only.
        if (rest.Length >= 8)
            dissector.Add("Sequence number", $"{dissector.Read32(at + 4)}", at + 4, 4);

        if (dissector.IsCut(rest, TransportLayer.TcpBytes))
            return;

        var headerBytes = (dissector.Read8(at + 12) >> 4) * 4;
        dissector.Add("Acknowledgment number", $"{dissector.Read32(at + 8)}", at + 8, 4);
        dissector.Add("Header length", $"{headerBytes} bytes", at + 12, 1);
        dissector.Add("Flags", FlagText(dissector.Read8(at + 13)), at + 13, 1);
        dissector.Add16("Window", at + 14);
        dissector.AddHex16("Checksum", at + 16);
        dissector.Add16("Urgent pointer", at + 18);
        var options = rest.Take(Math.Max(headerBytes, TransportLayer.TcpBytes)).Skip(TransportLayer.TcpBytes);
        TcpOptionDissection.Dissect(dissector, options);
        if (!dissector.IsCut(rest, headerBytes))
            dissector.AddPayload(rest.Skip(Math.Max(headerBytes, TransportLayer.TcpBytes)));
    }

    private static void DissectUdp(Dissector dissector, Stretch rest)
    {
        dissector.BeginLayer("UDP");
        AddPorts(dissector, rest);
        if (dissector.IsCut(rest, TransportLayer.UdpBytes))
            return;

        var length = dissector.Add16("Length", rest.Start + 4);
        dissector.AddHex16("Checksum", rest.Start + 6);
        var datagram = length >= TransportLayer.UdpBytes ? rest.Take(length) : rest;
        dissector.AddPayload(datagram.Skip(TransportLayer.UdpBytes));
    }

    private static void DissectSctp(Dissector dissector, Stretch rest)
    {
        dissector.BeginLayer("SCTP");
        AddPorts(dissector, rest);
        if (dissector.IsCut(rest, TransportLayer.SctpBytes))
            return;

        dissector.Add("Verification tag", $"0x{dissector.Read32(rest.Start + 4):x8}", rest.Start + 4, 4);
        dissector.Add("Checksum", $"0x{dissector.Read32(rest.Start + 8):x8}", rest.Start + 8, 4);
        dissector.AddPayload(rest.Skip(TransportLayer.SctpBytes));
    }

    private static void AddPorts(Dissector dissector, Stretch rest)
    {
        if (rest.Length < 4)
            return;

        dissector.Add16("Source port", rest.Start);
        dissector.Add16("Destination port", rest.Start + 2);
    }

    private static string FlagText(int flags)
    {
        var set = FlagNames.Where((_, bit) => (flags & (1 << bit)) != 0);
        return $"0x{flags:x2} ({(flags == 0 ? "none" : string.Join(", ", set))})";
    }
}
