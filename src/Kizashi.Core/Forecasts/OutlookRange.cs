namespace Kizashi.Core.Forecasts;

/// <summary>A quantity that is expected, with the values between which it lies 19 times in 20.</summary>
/// <param name="Median">As likely exceeded as not.</param>
/// <param name="Lower">Below the upper.</param>
/// <param name="Upper">Above the lower.</param>
public sealed record OutlookRange<T>(T Median, T Lower, T Upper);
