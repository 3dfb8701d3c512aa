namespace Kizashi.Core.Observations;

/// <summary>What the per-packet rules said of the packets of a tuple: tool fingerprints, and whether the source looks forged.</summary>
[Flags]
public enum PacketMarks : ushort
{
    None = 0,

    /// <summary>The spoof filter holds the source address for forged.</summary>
    Spoofed = 1 << 0,

    /// <summary>ip_id = 54321.</summary>
    ZMap = 1 << 1,

    /// <summary>ip_id = (destination ^ destination port ^ sequence) &amp; 0xFFFF, folded as masscan does.</summary>
    Masscan = 1 << 2,

    /// <summary>TCP sequence number = destination address.</summary>
    Mirai = 1 << 3,

    Unicornscan = 1 << 4,

    Nmap = 1 << 5,

    Hajime = 1 << 6,

    /// <summary>SYN without TCP options, TTL >= 200, window 1024 (CAIDA's large-scale scan).</summary>
    LargeScale = 1 << 7,

    /// <summary>Answer of a victim of a forged attack: SYN-ACK, RST or an ICMP error or reply.</summary>
    Backscatter = 1 << 8,

    /// <summary>One of several fragments, or the first of them.</summary>
    Fragment = 1 << 9,
}
