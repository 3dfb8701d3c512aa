namespace Kizashi.Core.Forecasts;

/// <summary>Whether a victim is expected to be attacked again.</summary>
/// <param name="Victim">Address or network.</param>
/// <param name="Attacks">So far.</param>
/// <param name="Last">Start of the latest.</param>
/// <param name="Probabilities">For each horizon of <see cref="RecurrenceOutlook.Days"/>, 0..1.</param>
/// <param name="Next">By when it is as likely as not; null when that is beyond the longest horizon.</param>
public sealed record VictimOutlook(string Victim, int Attacks, DateTimeOffset Last, IReadOnlyList<double> Probabilities, DateTimeOffset? Next);
