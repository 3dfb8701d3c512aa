namespace Kizashi.Core.Findings;

/// <summary>What became of a surge that was announced.</summary>
public enum SurgeOutcome
{
    /// <summary>Its time is not over.</summary>
    Open,

    Came,

    /// <summary>Its time passed without it.</summary>
    StayedAway,

    /// <summary>Nothing observed the series until its time was over.</summary>
    Unknown,
}
