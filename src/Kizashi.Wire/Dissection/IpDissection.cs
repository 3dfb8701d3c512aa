using Kizashi.Wire.Ip;

namespace Kizashi.Wire.Dissection;

/// <summary>Shows IPv4 and IPv6 headers and finds what is behind them.</summary>
internal static class IpDissection
{
    private const int Deepest = 4;
    private const int Ipv4Bytes = 20;
    private const int Ipv6Bytes = 40;

    /// <summary>The identification that ZMap gives all its packets.</summary>
    private const int ZmapIdentification = 54321;

    public static void Dissect(Dissector dissector, Stretch rest, int depth)
    {
        var version = rest.Length == 0 ? 0 : dissector.Read8(rest.Start) >> 4;
        if (depth == Deepest || version is not (4 or 6))
            dissector.AddPayload(rest);
        else if (version == 4)
            DissectIpv4(dissector, rest, depth);
        else
            DissectIpv6(dissector, rest, depth);
    }

    private static void DissectIpv4(Dissector dissector, Stretch rest, int depth)
    {
        var at = rest.Start;
        dissector.BeginLayer("IPv4");
        if (dissector.IsCut(rest, Ipv4Bytes))
            return;

        var headerBytes = (dissector.Read8(at) & 15) * 4;
        dissector.Add("Version", "4", at, 1);
        dissector.Add("Header length", $"{headerBytes} bytes", at, 1);
        dissector.Add("Differentiated services", $"0x{dissector.Read8(at + 1):x2}", at + 1, 1);
        var total = dissector.Add16("Total length", at + 2);
        var identification = dissector.Read16(at + 4);
        dissector.Add("Identification", identification == ZmapIdentification ? $"{identification} (ZMap)" : $"{identification}", at + 4, 2);
        var fragment = dissector.Read16(at + 6);
        dissector.Add("Flags", FragmentFlags(fragment), at + 6, 1);
        dissector.Add("Fragment offset", $"{(fragment & 0x1FFF) * 8}", at + 6, 2);
        dissector.Add8("Time to live", at + 8);
        AddProtocol(dissector, "Protocol", at + 9);
        dissector.Add("Header checksum", ChecksumText(dissector, rest, headerBytes), at + 10, 2);
        dissector.AddAddress("Source", at + 12, 4);
        dissector.AddAddress("Destination", at + 16, 4);
        if (headerBytes < Ipv4Bytes)
        {
            dissector.AddPayload(rest.Skip(Ipv4Bytes));
            return;
        }

        var packet = total >= headerBytes ? rest.Take(total) : rest;
        var options = packet.Take(headerBytes).Skip(Ipv4Bytes);
        if (options.Length > 0)
            dissector.Add("Options", dissector.Hex(options.Start, options.Length), options.Start, options.Length);

        var (protocol, isLater) = (dissector.Read8(at + 9), (fragment & 0x1FFF) != 0);
        Continue(dissector, packet.Skip(headerBytes), protocol, isLater, depth);
    }

    private static void DissectIpv6(Dissector dissector, Stretch rest, int depth)
    {
        var at = rest.Start;
        dissector.BeginLayer("IPv6");
        if (dissector.IsCut(rest, Ipv6Bytes))
            return;

        var first = dissector.Read32(at);
        dissector.Add("Version", "6", at, 1);
        dissector.Add("Traffic class", $"0x{(first >> 20) & 0xFF:x2}", at, 2);
        dissector.Add("Flow label", $"0x{first & 0xFFFFF:x5}", at + 1, 3);
        var payload = dissector.Add16("Payload length", at + 4);
        AddProtocol(dissector, "Next header", at + 6);
        dissector.Add8("Hop limit", at + 7);
        dissector.AddAddress("Source", at + 8, 16);
        dissector.AddAddress("Destination", at + 24, 16);
        var packet = payload > 0 ? rest.Take(Ipv6Bytes + payload) : rest;
        DissectExtensions(dissector, packet.Skip(Ipv6Bytes), dissector.Read8(at + 6), depth);
    }

    private static void DissectExtensions(Dissector dissector, Stretch rest, byte next, int depth)
    {
        var isLater = false;
        while (!isLater && ExtensionName(next) is { } name)
        {
            dissector.BeginLayer(name);
            if (dissector.IsCut(rest, 8))
                return;

            var length = next switch
            {
                IpProtocol.Fragment => 8,
                IpProtocol.Authentication => (dissector.Read8(rest.Start + 1) + 2) * 4,
                _ => (dissector.Read8(rest.Start + 1) + 1) * 8,
            };
            AddProtocol(dissector, "Next header", rest.Start);
            dissector.Add("Header length", $"{length} bytes", rest.Start + 1, 1);
            if (next == IpProtocol.Fragment)
                isLater = AddFragment(dissector, rest.Start);

            if (dissector.IsCut(rest, length))
                return;

            if (next != IpProtocol.Fragment)
                dissector.Add("Content", dissector.Hex(rest.Start + 2, length - 2), rest.Start + 2, length - 2);

            next = dissector.Read8(rest.Start);
            rest = rest.Skip(length);
        }

        Continue(dissector, rest, next, isLater, depth);
    }

    private static bool AddFragment(Dissector dissector, int at)
    {
        var field = dissector.Read16(at + 2);
        dissector.Add("Fragment offset", $"{field & 0xFFF8}", at + 2, 2);
        dissector.Add("More fragments", (field & 1) != 0 ? "yes" : "no", at + 3, 1);
        dissector.Add("Identification", $"{dissector.Read32(at + 4)}", at + 4, 4);
        return (field & 0xFFF8) != 0;
    }

    private static void Continue(Dissector dissector, Stretch rest, byte protocol, bool isLaterFragment, int depth)
    {
        if (isLaterFragment)
            dissector.AddPayload(rest);
        else if (protocol is IpProtocol.Ipv4 or IpProtocol.Ipv6)
            Dissect(dissector, rest, depth + 1);
        else if (protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
            IcmpDissection.Dissect(dissector, rest, protocol == IpProtocol.IcmpV6, depth);
        else
            TransportDissection.Dissect(dissector, rest, protocol);
    }

    private static string ChecksumText(Dissector dissector, Stretch rest, int headerBytes)
    {
        var text = $"0x{dissector.Read16(rest.Start + 10):x4}";
        if (headerBytes < Ipv4Bytes || headerBytes > rest.Length)
            return text;

        return dissector.Checksum(rest.Take(headerBytes)) == 0 ? $"{text} (correct)" : $"{text} (wrong)";
    }

    private static string FragmentFlags(int field) => (field >> 13) switch
    {
        0 => "none",
        1 => "more fragments",
        2 => "don't fragment",
        3 => "don't fragment, more fragments",
        _ => $"0x{field >> 13:x} (reserved bit set)",
    };

    private static void AddProtocol(Dissector dissector, string name, int at) =>
        dissector.Add(name, ProtocolText(dissector.Read8(at)), at, 1);

    private static string ProtocolText(byte protocol) => ProtocolName(protocol) is { } name ? $"{protocol} ({name})" : $"{protocol}";

    private static string? ProtocolName(byte protocol) => protocol switch
    {
        IpProtocol.HopByHop => "hop-by-hop options",
        IpProtocol.Icmp => "ICMP",
        2 => "IGMP",
        IpProtocol.Ipv4 => "IPv4",
        IpProtocol.Tcp => "TCP",
        IpProtocol.Udp => "UDP",
        IpProtocol.Ipv6 => "IPv6",
        IpProtocol.Routing => "routing",
        IpProtocol.Fragment => "fragment",
        IpProtocol.Gre => "GRE",
        50 => "ESP",
        IpProtocol.Authentication => "authentication",
        IpProtocol.IcmpV6 => "ICMPv6",
        IpProtocol.NoNext => "nothing",
        IpProtocol.DestinationOptions => "destination options",
        IpProtocol.Sctp => "SCTP",
        _ => null,
    };

    private static string? ExtensionName(byte protocol) => protocol switch
    {
        IpProtocol.HopByHop => "IPv6 hop-by-hop options",
        IpProtocol.Routing => "IPv6 routing",
        IpProtocol.Fragment => "IPv6 fragment",
        IpProtocol.DestinationOptions => "IPv6 destination options",
        IpProtocol.Authentication => "Authentication header",
        _ => null,
    };
}
