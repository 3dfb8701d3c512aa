namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>How well one speed of growth explains what the latest hours count above the usual.</summary>
/// <param name="Rate">Growth per hour.</param>
/// <param name="Weight">How probable, 0..1; with those of the other speeds and of no growth at all it adds up to 1.</param>
/// <param name="Excess">What grows, in the latest hour.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Level">Times the usual that the rest counts.</param>
internal readonly record struct GrowthSign(double Rate, double Weight, double Excess, double Error, double Level);
