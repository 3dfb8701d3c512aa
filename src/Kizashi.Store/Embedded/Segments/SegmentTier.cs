namespace Kizashi.Store.Embedded.Segments;

/// <summary>How far a segment has been compacted.</summary>
internal enum SegmentTier
{
    /// <summary>Whole batches in the order in which they came.</summary>
    Raw = 0,

    /// <summary>One UTC hour, sorted by source and time.</summary>
    Hour = 1,

    /// <summary>One UTC day, sorted by source and time.</summary>
    Day = 2,
}
