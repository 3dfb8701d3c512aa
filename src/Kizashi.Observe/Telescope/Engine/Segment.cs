using Kizashi.Core.Observations;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>A run of frames of a unit up to a cut.</summary>
internal struct Segment
{
    /// <summary>Number of the oldest slot that may be open while these frames are taken.</summary>
    public long LowSlot;

    public CutKind Cut;

    /// <summary>In force within the file after the cut, microseconds since 1970.</summary>
    public long Watermark;

    /// <summary>What batches and analyzers are told: it never goes back, as that of a file may that reaches into the time of the one before.</summary>
    public long Announced;

    /// <summary>Where the cut is, for batch ids.</summary>
    public CutPlace Place;

    public SegmentCounts Counts;

    /// <summary>What the segment's frames add to the sensor's health.</summary>
    public readonly SensorHealth Health(long dropped) => new()
    {
        Packets = Counts.Packets,
        Bytes = Counts.Bytes,
        Malformed = Counts.Malformed,
        NotIp = Counts.NotIp,
        NotDark = Counts.NotDark,
        Late = Counts.Late + Counts.Misdated,
        Dropped = dropped,
    };
}
