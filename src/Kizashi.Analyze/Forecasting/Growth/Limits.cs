namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>Two values between which a quantity lies with a given probability.</summary>
/// <param name="Level">The probability, 0..1.</param>
/// <param name="Lower">Below the upper.</param>
/// <param name="Upper">Above the lower.</param>
public sealed record Limits<T>(double Level, T Lower, T Upper);
