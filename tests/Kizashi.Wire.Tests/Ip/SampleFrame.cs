using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Tests.Ip;

/// <summary>A well-formed frame of every kind that is decoded.</summary>
/// <param name="Name">For people.</param>
/// <param name="Link">What it begins with.</param>
/// <param name="Bytes">Ends with the last header that is decoded, unless more is said by <paramref name="Behind"/>.</param>
/// <param name="Behind">Bytes behind the last header that is decoded.</param>
public sealed record SampleFrame(string Name, LinkType Link, byte[] Bytes, int Behind = 0)
{
    private static readonly byte[] Syn = Packets.Ipv4(6, Packets.Tcp());
    private static readonly byte[] Syn6 = Packets.Ipv6(6, Packets.Tcp());
    private static readonly byte[] Dns = Packets.Ipv4(17, Packets.Udp([]));

    public static readonly IReadOnlyList<SampleFrame> All =
    [
        new("TCP", LinkType.Ethernet, Packets.Ethernet(0x0800, Syn)),
        new("UDP", LinkType.Ethernet, Packets.Ethernet(0x0800, Dns)),
        new("ICMP", LinkType.Ethernet, Packets.Ethernet(0x0800, Packets.Ipv4(1, Packets.Icmp(8, 0)))),
        new("SCTP", LinkType.Ethernet, Packets.Ethernet(0x0800, Packets.Ipv4(132, Packets.Sctp())), 20),
        new("other transport", LinkType.Ethernet, Packets.Ethernet(0x0800, Packets.Ipv4(50, new byte[8])), 8),
        new("IPv4 options", LinkType.Ethernet, Packets.Ethernet(0x0800, Packets.Ipv4(6, Packets.Tcp(), options: [1, 1, 1, 0]))),
        new("TCP options", LinkType.Ethernet, Packets.Ethernet(0x0800, Packets.Ipv4(6, Packets.Tcp(options: [2, 4, 5, 0xB4]))), 4),
        new("IPv6 TCP", LinkType.Ethernet, Packets.Ethernet(0x86DD, Syn6)),
        new("IPv6 UDP", LinkType.Ethernet, Packets.Ethernet(0x86DD, Packets.Ipv6(17, Packets.Udp([1, 2], port: 9))), 2),
        new("ICMPv6", LinkType.Ethernet, Packets.Ethernet(0x86DD, Packets.Ipv6(58, Packets.Icmp(128, 0)))),
        new("IPv6 extensions", LinkType.Ethernet, Packets.Ethernet(0x86DD, Packets.Ipv6(0, Extensions()))),
        new("VLAN", LinkType.Ethernet, Packets.Ethernet(0x0800, Syn, 0x8100)),
        new("QinQ", LinkType.Ethernet, Packets.Ethernet(0x0800, Syn, 0x88A8, 0x8100)),
        new("old QinQ", LinkType.Ethernet, Packets.Ethernet(0x86DD, Syn6, 0x9100, 0x8100)),
        new("MPLS", LinkType.Ethernet, Packets.Ethernet(0x8847, Packets.Mpls(3, Syn))),
        new("MPLS IPv6", LinkType.Ethernet, Packets.Ethernet(0x8847, Packets.Mpls(1, Syn6))),
        new("PPPoE", LinkType.Ethernet, Packets.Ethernet(0x8864, [0x11, 0, 0, 1, 0, (byte)(2 + Syn.Length), 0, 0x21, .. Syn])),
        new("Linux cooked", LinkType.LinuxSll, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0, .. Syn]),
        new("Linux cooked IPv6", LinkType.LinuxSll, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0x86, 0xDD, .. Syn6]),
        new("Linux cooked 2", LinkType.LinuxSll2, [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, .. Syn]),
        new("null", LinkType.Null, [2, 0, 0, 0, .. Syn]),
        new("null of the other order", LinkType.Null, [0, 0, 0, 30, .. Syn6]),
        new("loop", LinkType.Loop, [0, 0, 0, 24, .. Syn6]),
        new("raw", LinkType.Raw, Syn),
        new("raw IPv6", LinkType.Raw, Syn6),
        new("raw IPv4 only", LinkType.RawIpv4, Dns),
        new("raw IPv6 only", LinkType.RawIpv6, Syn6),
        new("PPP", LinkType.Ppp, [0xFF, 0x03, 0, 0x21, .. Syn]),
        new("PPP, compressed fields", LinkType.Ppp, [0x57, .. Syn6]),
        new("PPP with MPLS", LinkType.Ppp, [0xFF, 0x03, 2, 0x81, .. Packets.Mpls(2, Syn)]),
        new("HDLC", LinkType.PppHdlc, [0xFF, 0x03, 0, 0x57, .. Syn6]),
        new("Cisco HDLC", LinkType.PppHdlc, [0x0F, 0x00, 8, 0, .. Syn]),
    ];

    public static SampleFrame Named(string name) => All.Single(frame => frame.Name == name);

    public override string ToString() => Name;

    private static byte[] Extensions() =>
    [
        60, 0, 1, 4, 0, 0, 0, 0,
        43, 1, 1, 12, .. new byte[12],
        51, 0, 253, 0, 0, 0, 0, 0,
        44, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1,
        6, 0, 0, 1, 0, 0, 0, 9,
        .. Packets.Tcp(),
    ];
}
