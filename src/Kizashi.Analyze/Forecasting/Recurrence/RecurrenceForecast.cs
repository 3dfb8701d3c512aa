namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>Who is attacked again, and the record by which that may be believed.</summary>
/// <param name="Victims">The likeliest within the longest horizon first.</param>
/// <param name="Scores">One for each horizon, shortest first.</param>
/// <param name="VictimsLeftOut">Victims that were too many.</param>
/// <param name="AttacksLeftOut">Attacks that were too many, had no victim, or came after the time up to which all is known.</param>
public sealed record RecurrenceForecast(IReadOnlyList<NextVictim> Victims, IReadOnlyList<RecurrenceScore> Scores, int VictimsLeftOut, int AttacksLeftOut);
