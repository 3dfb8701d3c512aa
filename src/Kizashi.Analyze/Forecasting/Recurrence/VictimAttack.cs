namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>One attack on a victim.</summary>
/// <param name="Victim">An address, a prefix, any name; attacks without one are left out.</param>
/// <param name="At">When it began.</param>
/// <param name="Network">Where the victim is, such as its AS; null when not known.</param>
/// <param name="Country">Where the victim is; null when not known.</param>
public readonly record struct VictimAttack(string Victim, DateTimeOffset At, string? Network = null, string? Country = null);
