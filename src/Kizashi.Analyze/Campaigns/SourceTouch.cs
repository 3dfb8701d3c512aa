namespace Kizashi.Analyze.Campaigns;

/// <summary>That a source sent to a port in an hour.</summary>
/// <param name="Port">Protocol in the upper eight bits, destination port in the lower sixteen.</param>
/// <param name="Shape">What its packets look like: any number that is the same for the same program.</param>
/// <param name="Hour">Hours since any fixed moment.</param>
public readonly record struct SourceTouch(uint Port, uint Shape, int Hour)
{
    /// <summary>Of packets whose looks say nothing of the program.</summary>
    public const uint NoShape = uint.MaxValue;
}
