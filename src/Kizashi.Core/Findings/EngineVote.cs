namespace Kizashi.Core.Findings;

/// <summary>What one engine says of an outbreak, at its strongest so far.</summary>
/// <param name="Engine">glasso, nmf, ntd, changefinder, baseline.</param>
/// <param name="Score">How far above the engine's own threshold, 1 at it.</param>
/// <param name="WindowEnd">End of the window judged.</param>
/// <param name="Condition">What limits the vote, such as not-converged; empty when nothing does.</param>
public sealed record EngineVote(string Engine, double Score, DateTimeOffset WindowEnd, string Condition = "");
