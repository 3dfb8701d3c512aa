namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>What limits a verdict of Dark-GLASSO.</summary>
internal enum GlassoCondition
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Judged against less than a day.</summary>
    Provisional,

    /// <summary>Too little history: not judged at some penalty at least.</summary>
    ShortHistory,

    /// <summary>At some penalty the allowed work ended first: not judged there, and not part of the history.</summary>
    NotConverged,

    /// <summary>
    /// The window was there before or is older: a clock step or a repetition; not judged, not part of the history.
    /// </summary>
    OutOfOrder,
}
