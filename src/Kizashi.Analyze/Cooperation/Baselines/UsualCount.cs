namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>What is usual of one number.</summary>
/// <param name="Mean">The median at this time.</param>
/// <param name="Spread">Standard deviation the history shows; null where it is too short to show any.</param>
/// <param name="Yesterday">The median a day ago; 0 where that is not known.</param>
internal readonly record struct UsualCount(double Mean, double? Spread, double Yesterday);
