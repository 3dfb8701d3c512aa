namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>What a cell usually has at this time: the median and its median absolute deviation.</summary>
/// <param name="Groups">Of groups of sources.</param>
/// <param name="Qualified">Of groups with at least three packets.</param>
internal readonly record struct UsualCounts((double Mean, double Mad) Groups, (double Mean, double Mad) Qualified);
