namespace Kizashi.Wire.Link;

/// <summary>Ethernet types that the decoders know (IANA ieee-802-numbers).</summary>
internal static class EtherType
{
    public const ushort Ipv4 = 0x0800;
    public const ushort Ipv6 = 0x86DD;
    public const ushort Vlan = 0x8100;
    public const ushort ProviderVlan = 0x88A8;

    /// <summary>QinQ before 802.1ad.</summary>
    public const ushort OldQinQ = 0x9100;
    public const ushort TransparentEthernet = 0x6558;
    public const ushort Mpls = 0x8847;
    public const ushort MplsUpstream = 0x8848;
    public const ushort PppoeSession = 0x8864;
    public const ushort Erspan = 0x88BE;
    public const ushort Erspan3 = 0x22EB;

    /// <summary>Smaller values are lengths of 802.3 frames.</summary>
    public const ushort Smallest = 0x0600;
}
