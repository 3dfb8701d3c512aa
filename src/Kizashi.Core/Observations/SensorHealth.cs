namespace Kizashi.Core.Observations;

/// <summary>What a sensor counted since the batch before, so that each loss is seen.</summary>
public sealed record SensorHealth
{
    /// <summary>Frames taken from the wire or file.</summary>
    public long Packets { get; init; }

    /// <summary>Bytes on the wire.</summary>
    public long Bytes { get; init; }

    /// <summary>Frames whose outermost IP or transport header cannot be decoded.</summary>
    public long Malformed { get; init; }

    /// <summary>Frames that are not IP (ARP, LLDP...).</summary>
    public long NotIp { get; init; }

    /// <summary>Packets to addresses outside the dark prefixes.</summary>
    public long NotDark { get; init; }

    /// <summary>Packets not aggregated for their time: later than the reordering bound, or wrong and far ahead.</summary>
    public long Late { get; init; }

    /// <summary>Packets the kernel or a queue dropped.</summary>
    public long Dropped { get; init; }

    /// <summary>Samples given up because the budget was spent.</summary>
    public long SamplesDropped { get; init; }

    /// <summary>Rows that no longer fitted the bounded tables.</summary>
    public long TableOverflow { get; init; }

    public SensorHealth Add(SensorHealth other) => new()
    {
        Packets = Packets + other.Packets,
        Bytes = Bytes + other.Bytes,
        Malformed = Malformed + other.Malformed,
        NotIp = NotIp + other.NotIp,
        NotDark = NotDark + other.NotDark,
        Late = Late + other.Late,
        Dropped = Dropped + other.Dropped,
        SamplesDropped = SamplesDropped + other.SamplesDropped,
        TableOverflow = TableOverflow + other.TableOverflow,
    };
}
