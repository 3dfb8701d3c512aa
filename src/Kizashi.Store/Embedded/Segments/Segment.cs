namespace Kizashi.Store.Embedded.Segments;

/// <summary>One immutable Parquet file that the store lists.</summary>
internal sealed record Segment
{
    /// <summary>Never used twice; the file's name carries it.</summary>
    public required long Id { get; init; }

    public required SegmentKind Kind { get; init; }

    public required SegmentTier Tier { get; init; }

    /// <summary>Name inside the segments folder.</summary>
    public required string File { get; init; }

    public required long Rows { get; init; }

    public required long Packets { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Seconds since 1970 UTC of the earliest row's slot (samples: its second).</summary>
    public required uint MinSlot { get; init; }

    public required uint MaxSlot { get; init; }

    /// <summary>Smallest source, victim or subject, IPv4 mapped.</summary>
    public required UInt128 MinSource { get; init; }

    public required UInt128 MaxSource { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>When its newest batch was stored, milliseconds since 1970 UTC.</summary>
    public required long Stored { get; init; }

    /// <summary>Whose batches a raw segment holds, null after compaction.</summary>
    public string? Sensor { get; init; }

    /// <summary>Sequence number of the last batch in a raw segment.</summary>
    public long LastSequence { get; init; }
}
