using System.Globalization;

namespace Kizashi.Portal.Language;

/// <summary>What usually listens on a port, as analysts of scans call it.</summary>
internal static class PortNames
{
    private const ushort EchoRequest = 8;
    private const ushort EchoRequestV6 = 128;

    private static readonly Dictionary<ushort, string> Tcp = Parse("""
        21=FTP, 22=SSH, 23=Telnet, 25=SMTP, 53=DNS, 80=HTTP, 81=HTTP, 102=S7, 110=POP3, 111=RPC, 135=MSRPC,
        139=NetBIOS, 143=IMAP, 161=SNMP, 179=BGP, 389=LDAP, 443=HTTPS, 445=SMB, 465=SMTPS, 502=Modbus,
        554=RTSP, 587=Submission, 631=IPP, 873=rsync, 993=IMAPS, 995=POP3S, 1080=SOCKS, 1194=OpenVPN,
        1433=MS SQL, 1521=Oracle, 1723=PPTP, 1883=MQTT, 2049=NFS, 2222=SSH, 2323=Telnet, 2375=Docker,
        2376=Docker, 3000=HTTP, 3128=Proxy, 3306=MySQL, 3389=RDP, 4444=Metasploit, 5000=UPnP, 5060=SIP,
        5432=PostgreSQL, 5555=ADB, 5900=VNC, 5985=WinRM, 6379=Redis, 6443=Kubernetes, 7001=WebLogic,
        7547=TR-069, 8000=HTTP, 8080=HTTP, 8081=HTTP, 8088=HTTP, 8291=Winbox, 8443=HTTPS, 8545=Ethereum,
        8728=RouterOS, 8883=MQTT, 9000=HTTP, 9100=JetDirect, 9200=Elasticsearch, 10250=Kubelet,
        11211=memcached, 20000=DNP3, 26379=Redis, 27017=MongoDB, 37215=Huawei HG532, 37777=Dahua,
        44818=EtherNet/IP, 47808=BACnet, 50000=SAP, 52869=Realtek UPnP, 60001=JAWS DVR
        """);

    private static readonly Dictionary<ushort, string> Udp = Parse("""
        19=chargen, 53=DNS, 67=DHCP, 69=TFTP, 111=RPC, 123=NTP, 137=NetBIOS, 161=SNMP, 389=CLDAP, 427=SLP,
        443=QUIC, 500=IKE, 514=syslog, 520=RIP, 623=IPMI, 1194=OpenVPN, 1434=MS SQL, 1604=Citrix,
        1701=L2TP, 1900=SSDP, 3283=ARD, 3478=STUN, 3702=WS-Discovery, 4500=IKE, 5060=SIP, 5353=mDNS,
        5683=CoAP, 6881=BitTorrent, 10001=Ubiquiti, 11211=memcached, 17185=VxWorks, 20000=DNP3,
        47808=BACnet, 51820=WireGuard
        """);

    private static readonly Dictionary<byte, string> Protocols = new()
    {
        [1] = "icmp",
        [2] = "igmp",
        [6] = "tcp",
        [17] = "udp",
        [41] = "ipv6",
        [47] = "gre",
        [50] = "esp",
        [58] = "icmpv6",
        [132] = "sctp",
    };

    /// <summary>tcp, udp, icmp, or the number.</summary>
    public static string Protocol(byte protocol) => Protocols.TryGetValue(protocol, out var name)
        ? name
        : "ip/" + protocol.ToString(CultureInfo.InvariantCulture);

    /// <summary>tcp/23.</summary>
    public static string Label(byte protocol, ushort port) =>
        $"{Protocol(protocol)}/{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Reads tcp, udp, icmp ... or a number from 0 to 255.</summary>
    public static bool TryProtocol(string text, out byte protocol)
    {
        foreach (var (number, name) in Protocols)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                protocol = number;
                return true;
            }
        }

        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out protocol);
    }

    /// <summary>Where the page of a port is.</summary>
    public static string Href(byte protocol, ushort port) => string.Create(
        CultureInfo.InvariantCulture,
        $"/ports/{(Protocols.TryGetValue(protocol, out var name) ? name : protocol.ToString(CultureInfo.InvariantCulture))}/{port}");

    /// <summary>The same for a label such as tcp/23, or icmp and icmp6 for their echo requests; null for anything else.</summary>
    public static string? Href(string label)
    {
        if (label is "icmp" or "icmp6")
            return label == "icmp" ? Href(1, EchoRequest) : Href(58, EchoRequestV6);

        var slash = label.IndexOf('/');
        return slash > 0 && !char.IsAsciiDigit(label[0]) && TryProtocol(label[..slash], out var protocol)
            && ushort.TryParse(label.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? Href(protocol, port)
                : null;
    }

    /// <summary>Telnet; empty when nothing is known.</summary>
    public static string Service(byte protocol, ushort port) =>
        (protocol switch { 6 => Tcp, 17 => Udp, _ => null })?.GetValueOrDefault(port) ?? "";

    /// <summary>Telnet for tcp/23; empty when nothing is known or the label is no such pair.</summary>
    public static string Service(string label)
    {
        var slash = label.IndexOf('/');
        return slash > 0 && ushort.TryParse(label.AsSpan(slash + 1), CultureInfo.InvariantCulture, out var port)
            ? Service((byte)(label[..slash] switch { "tcp" => 6, "udp" => 17, _ => 0 }), port)
            : "";
    }

    // Pairs of port and name; as a collection initializer each would take a line.
    private static Dictionary<ushort, string> Parse(string pairs) => pairs
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => ushort.Parse(pair[0], CultureInfo.InvariantCulture), pair => pair[1]);
}
