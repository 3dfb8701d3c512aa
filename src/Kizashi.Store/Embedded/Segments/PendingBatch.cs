using Kizashi.Core.Observations;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>What the ledger will say of a batch that a writer has taken and not yet committed.</summary>
internal sealed record PendingBatch
{
    public required UInt128 Id { get; init; }

    public required int Shard { get; init; }

    public required int Shards { get; init; }

    public required long FromMillis { get; init; }

    public required long WatermarkMillis { get; init; }

    public required bool Simulated { get; init; }

    public required SensorHealth Health { get; init; }

    public required int V4Rows { get; init; }

    public required int V6Rows { get; init; }

    public required int BackscatterV4Rows { get; init; }

    public required int BackscatterV6Rows { get; init; }

    public required int Samples { get; init; }

    public int Rows => V4Rows + V6Rows + BackscatterV4Rows + BackscatterV6Rows;

    public int RowsOf(SegmentKind kind) => kind switch
    {
        SegmentKind.V4 => V4Rows,
        SegmentKind.V6 => V6Rows,
        SegmentKind.Backscatter => BackscatterV4Rows + BackscatterV6Rows,
        _ => Samples,
    };
}
