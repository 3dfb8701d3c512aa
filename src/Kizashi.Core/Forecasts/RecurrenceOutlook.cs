namespace Kizashi.Core.Forecasts;

/// <summary>Which victims are expected to be attacked again, and how well that was said before.</summary>
/// <param name="Until">Up to when attacks are known.</param>
/// <param name="Days">Horizons, days.</param>
/// <param name="Victims">Most probable first.</param>
/// <param name="Scores">For each horizon.</param>
/// <param name="LeftOut">Victims for which there was no room.</param>
public sealed record RecurrenceOutlook(
    DateTimeOffset Until, IReadOnlyList<double> Days, IReadOnlyList<VictimOutlook> Victims, IReadOnlyList<RecurrenceRecord> Scores, int LeftOut);
