namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>What was said of a surge to come.</summary>
/// <param name="Hour">The first hour it speaks of, hours since 1970 UTC.</param>
/// <param name="Outlook">What was expected then.</param>
/// <param name="Observed">Hours since then that were observed.</param>
public sealed record SurgeAnnouncement(long Hour, SurgeOutlook Outlook, int Observed);
