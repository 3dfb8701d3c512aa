namespace Kizashi.Observe.Telescope;

/// <summary>How far a telescope has come, at one moment.</summary>
public sealed record TelescopeProgress
{
    public required long Packets { get; init; }

    /// <summary>Bytes on the wire.</summary>
    public required long Bytes { get; init; }

    /// <summary>Mean rate since the present source began.</summary>
    public required double PacketsPerSecond { get; init; }

    public required long Malformed { get; init; }

    public required long NotIp { get; init; }

    public required long NotDark { get; init; }

    public required long Late { get; init; }

    /// <summary>Packets with a time that was wrong and far ahead.</summary>
    public required long Misdated { get; init; }

    /// <summary>Packets the kernel dropped.</summary>
    public required long Dropped { get; init; }

    /// <summary>Samples given up because the budget was spent.</summary>
    public required long SamplesDropped { get; init; }

    /// <summary>Time of the newest packet, null before the first.</summary>
    public required DateTimeOffset? LastPacket { get; init; }

    /// <summary>Name of the present source, empty before the first.</summary>
    public required string Source { get; init; }

    /// <summary>0..1 of the present source if its length is known, else null.</summary>
    public required double? SourceProgress { get; init; }
}
