namespace Kizashi.Wire;

/// <summary>What a decoder made of bytes; every value but <see cref="Ok"/> becomes a metric tag.</summary>
public enum DecodeStatus : byte
{
    Ok,

    /// <summary>Fewer bytes than the header demands.</summary>
    Truncated,

    /// <summary>A length or offset field contradicts the others.</summary>
    Inconsistent,

    /// <summary>Well formed as far as can be told, but of a version or kind that is not decoded.</summary>
    Unsupported,

    /// <summary>The frame carries no IP (ARP, LLDP, spanning tree...). Not counted malformed.</summary>
    NotIp,
}
