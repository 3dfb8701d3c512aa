namespace Kizashi.Store.Embedded.Segments;

/// <summary>What the rows of a segment are.</summary>
internal enum SegmentKind
{
    /// <summary>FlowTuples of IPv4.</summary>
    V4 = 0,

    /// <summary>FlowTuples of IPv6.</summary>
    V6 = 1,

    /// <summary>Backscatter of both families, addresses in 128 bits, IPv4 mapped.</summary>
    Backscatter = 2,

    /// <summary>Packet samples of both families.</summary>
    Sample = 3,
}
