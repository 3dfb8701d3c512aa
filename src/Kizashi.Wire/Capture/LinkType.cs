namespace Kizashi.Wire.Capture;

/// <summary>Link-layer header types that are decoded (tcpdump.org/linktypes.html).</summary>
public enum LinkType
{
    Null = 0,
    Ethernet = 1,
    Ppp = 9,

    /// <summary>DLT_RAW as some systems write it.</summary>
    RawBsd = 12,

    /// <summary>DLT_RAW as OpenBSD writes it.</summary>
    RawOpenBsd = 14,
    PppHdlc = 50,
    Raw = 101,
    Loop = 108,
    LinuxSll = 113,
    RawIpv4 = 228,
    RawIpv6 = 229,
    LinuxSll2 = 276,
}
