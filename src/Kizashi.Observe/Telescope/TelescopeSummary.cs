namespace Kizashi.Observe.Telescope;

/// <summary>What a run over one source came to.</summary>
public sealed record TelescopeSummary
{
    public required long Packets { get; init; }

    /// <summary>Frames whose outermost IP or transport header cannot be decoded.</summary>
    public required long Malformed { get; init; }

    /// <summary>Frames that are not IP, not counted malformed.</summary>
    public required long NotIp { get; init; }

    /// <summary>Bytes on the wire.</summary>
    public required long Bytes { get; init; }

    /// <summary>Distinct source addresses of the outermost IP header, both families.</summary>
    public required long Sources { get; init; }

    /// <summary>Distinct destination addresses of the outermost IP header, both families.</summary>
    public required long Destinations { get; init; }

    /// <summary>The two distinct counts are estimates (HyperLogLog, standard error 0.8 %) because there were more than are held exactly.</summary>
    public required bool DistinctEstimated { get; init; }

    /// <summary>IANA protocol number to packets.</summary>
    public required IReadOnlyDictionary<int, long> Protocols { get; init; }

    /// <summary>TCP destination port to packets.</summary>
    public required IReadOnlyDictionary<int, long> TcpPorts { get; init; }

    /// <summary>UDP destination port to packets.</summary>
    public required IReadOnlyDictionary<int, long> UdpPorts { get; init; }

    /// <summary>Tool to matching packets, of sources with at least two, their first included.</summary>
    public required IReadOnlyDictionary<string, long> Fingerprints { get; init; }

    /// <summary>FlowTuples, each key of a slot once.</summary>
    public required long FlowTuples { get; init; }

    /// <summary>A table was full and slots were flushed early, so that <see cref="FlowTuples"/> may hold a key twice.</summary>
    public required bool FlowTuplesSplit { get; init; }

    public required long NotDark { get; init; }

    public required long Late { get; init; }

    /// <summary>Packets given up because their time was far ahead of those before and of most after them; not in <see cref="Late"/>.</summary>
    public required long Misdated { get; init; }

    /// <summary>Packets of slots still open when the run was broken off, not handed on; 0 after a whole run.</summary>
    public required long Open { get; init; }

    public required long Dropped { get; init; }

    public required long SamplesDropped { get; init; }

    /// <summary>Null without packets.</summary>
    public required DateTimeOffset? FirstPacket { get; init; }

    /// <summary>Null without packets.</summary>
    public required DateTimeOffset? LastPacket { get; init; }

    /// <summary>Duration of the run.</summary>
    public required double Seconds { get; init; }

    public required double PacketsPerSecond { get; init; }
}
