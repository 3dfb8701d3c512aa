using Kizashi.Store.Embedded.Rollups;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>Everything that one commit of a writer adds.</summary>
internal sealed record CommitRecord(
    string Sensor,
    IReadOnlyList<PendingBatch> Batches,
    IReadOnlyList<Segment> Segments,
    IReadOnlyList<RollupPart> Rollups,
    IReadOnlyList<(long From, long To)> Coverage)
{
    /// <summary>Id of the segment that holds a batch's rows of a kind, null when it has none.</summary>
    public object? SegmentOf(SegmentKind kind, PendingBatch batch) =>
        batch.RowsOf(kind) == 0 ? null : Segments.First(segment => segment.Kind == kind).Id;
}
