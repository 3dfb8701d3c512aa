namespace Kizashi.Core.Findings;

/// <summary>A time in which a sensor delivered nothing or lost much, so that silence is not taken for peace.</summary>
public sealed record SensorGapFinding : Finding
{
    /// <summary>One sentence: why it is held for a gap.</summary>
    public required string Reason { get; init; }

    /// <summary>Packets known to be lost; 0 where nothing was heard at all.</summary>
    public long Lost { get; init; }
}
