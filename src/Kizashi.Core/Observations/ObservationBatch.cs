namespace Kizashi.Core.Observations;

/// <summary>What one shard of a sensor gained since its batch before: the unit of delivery, stored whole or not at all.</summary>
/// <remarks>The columns belong to the sender and may be reused after the call that took the batch has returned.</remarks>
public sealed class ObservationBatch
{
    public required BatchId Id { get; init; }

    public required string Sensor { get; init; }

    /// <summary>0..<see cref="Shards"/>-1. A source, and a victim, is always in the same shard of its sensor.</summary>
    public required int Shard { get; init; }

    public required int Shards { get; init; }

    /// <summary>Time of the earliest packet, milliseconds since 1970 UTC; 0 without packets.</summary>
    public required long FromMillis { get; init; }

    /// <summary>Nothing before this time will come any more from this shard, milliseconds since 1970 UTC.</summary>
    public required long WatermarkMillis { get; init; }

    /// <summary>Made by the simulator; everything derived from it says so.</summary>
    public bool Simulated { get; init; }

    public FlowTuples<uint> V4 { get; init; } = new(0);

    public FlowTuples<UInt128> V6 { get; init; } = new(0);

    public Backscatter<uint> BackscatterV4 { get; init; } = new(0);

    public Backscatter<UInt128> BackscatterV6 { get; init; } = new(0);

    /// <summary>Raw packets kept as evidence; on the way to the store more may be added.</summary>
    public IReadOnlyList<PacketSample> Samples { get; set; } = [];

    public SensorHealth Health { get; init; } = new();

    public int Rows => V4.Count + V6.Count + BackscatterV4.Count + BackscatterV6.Count;
}
