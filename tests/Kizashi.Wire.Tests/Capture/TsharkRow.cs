using System.Globalization;

namespace Kizashi.Wire.Tests.Capture;

/// <summary>The outermost headers of one packet as tshark reads them.</summary>
public sealed record TsharkRow(string? Source, string? Destination, int? Protocol, int? TcpPort, int? UdpPort, bool IsMalformed)
{
    public static IReadOnlyList<TsharkRow> Read(string path)
    {
        // Reassembly and heuristics off: each packet is judged alone, by its own headers.
        var lines = Tool.Run(
            "tshark", "-r", path, "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE",
            "-T", "fields", "-E", "occurrence=f", "-e", "frame.number", "-e", "frame.protocols", "-e", "ip.src", "-e", "ip.dst",
            "-e", "ip.proto", "-e", "ipv6.src", "-e", "ipv6.dst", "-e", "ipv6.nxt", "-e", "tcp.dstport", "-e", "udp.dstport",
            "-e", "_ws.malformed");
        return [.. lines.Select(line => Parse(line.Split('\t'))).OfType<TsharkRow>()];
    }

    private static TsharkRow? Parse(string[] fields)
    {
        var layers = fields[1].Split(':');

        // Wireshark counts custom blocks of pcapng as packets, other tools do not.
        if (layers is ["data"])
            return null;

        // Only ports of the outermost packet: with ICMP outermost they are those of the quoted one.
        var isV6 = layers.FirstOrDefault(layer => layer is "ip" or "ipv6") == "ipv6";
        var protocol = Number(fields[isV6 ? 7 : 4]);
        var isIcmp = protocol is 1 or 58;
        return new TsharkRow(
            Text(fields[isV6 ? 5 : 2]),
            Text(fields[isV6 ? 6 : 3]),
            protocol,
            isIcmp ? null : Number(fields[8]),
            isIcmp ? null : Number(fields[9]),
            fields[10].Length > 0 && layers[^1] is "ip" or "ipv6" or "tcp" or "udp" or "icmp" or "icmpv6");
    }

    private static string? Text(string field) => field.Length == 0 ? null : field;

    private static int? Number(string field) => field.Length == 0 ? null : int.Parse(field, CultureInfo.InvariantCulture);
}
