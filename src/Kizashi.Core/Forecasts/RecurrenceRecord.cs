namespace Kizashi.Core.Forecasts;

/// <summary>How well it was said whether victims are attacked again within so many days.</summary>
/// <param name="Days">The horizon.</param>
/// <param name="Count">Forecasts judged.</param>
/// <param name="Brier">Mean squared difference of probability and outcome: 0 is perfect.</param>
/// <param name="BaseBrier">That of saying the share of victims attacked again so far, for all.</param>
/// <param name="IsBase">No better than that, so that the share is what is said.</param>
/// <param name="Bins">By probability said, in order.</param>
public sealed record RecurrenceRecord(double Days, int Count, double Brier, double BaseBrier, bool IsBase, IReadOnlyList<ReliabilityPoint> Bins);
