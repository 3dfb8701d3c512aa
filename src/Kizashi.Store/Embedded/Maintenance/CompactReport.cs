namespace Kizashi.Store.Embedded.Maintenance;

/// <summary>What a compaction did.</summary>
/// <param name="SegmentsBefore">Live segments before.</param>
/// <param name="SegmentsAfter">Live segments after.</param>
/// <param name="BytesBefore">Their size before.</param>
/// <param name="BytesAfter">Their size after.</param>
public sealed record CompactReport(int SegmentsBefore, int SegmentsAfter, long BytesBefore, long BytesAfter);
