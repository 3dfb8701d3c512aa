namespace Kizashi.Core.Storage;

/// <summary>Size and state of the store.</summary>
public sealed record StoreStatistics
{
    public required long Tuples { get; init; }

    public required long Packets { get; init; }

    public required long Bytes { get; init; }

    public required int Segments { get; init; }

    public DateTimeOffset? Earliest { get; init; }

    public DateTimeOffset? Latest { get; init; }

    /// <summary>Any part of what is stored came from the simulator.</summary>
    public bool HasSimulated { get; init; }

    /// <summary>Null when all is well, else one sentence: "The disk is full: nothing is stored since ...".</summary>
    public string? Problem { get; init; }

    /// <summary>Batches refused since the start because the disk would not take them.</summary>
    public long Refused { get; init; }
}
