namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>A change of the growth rate.</summary>
/// <param name="Hour">Hours before the last window, negative.</param>
/// <param name="RateBefore">Growth per hour until then.</param>
internal sealed record GrowthChange(double Hour, double RateBefore);
