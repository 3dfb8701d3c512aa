namespace Kizashi.Core.Sensors;

/// <summary>How an engine stands: what it judged last, and what limits it.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="WindowEnd">End of the last window judged; null before the first.</param>
/// <param name="Condition">Such as short-history, gap, not-converged; empty when nothing does.</param>
/// <param name="Alarms">Alarms so far.</param>
/// <param name="GivenUp">What had to be given up for want of room: groups sampled away, cells forgotten.</param>
public sealed record EngineStatus(string Engine, DateTimeOffset? WindowEnd, string Condition, long Alarms, long GivenUp);
