namespace Kizashi.Core.Findings;

/// <summary>Where the thing that a finding speaks of stands in its life.</summary>
public enum FindingState
{
    /// <summary>It goes on.</summary>
    Ongoing,

    /// <summary>It is over: idle past its bound, or the capture ended.</summary>
    Ended,
}
