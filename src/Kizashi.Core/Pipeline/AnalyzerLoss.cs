namespace Kizashi.Core.Pipeline;

/// <summary>What an analyzer has given up so far because a bound was reached.</summary>
/// <param name="Reason">Stable, lower case: evicted, refused, forced...</param>
/// <param name="Count">Since the analyzer's state began, restarts included.</param>
public readonly record struct AnalyzerLoss(string Reason, long Count);
