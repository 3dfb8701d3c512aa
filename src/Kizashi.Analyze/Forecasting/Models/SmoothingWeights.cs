namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>How fast each part of a <see cref="SmoothingState"/> follows.</summary>
/// <param name="Level">0..1.</param>
/// <param name="Trend">0..<paramref name="Level"/>.</param>
/// <param name="Damping">Of the trend at each step, 0..1.</param>
/// <param name="Short">Of the shortest season, 0..1.</param>
/// <param name="Long">Of the longer ones, 0..1.</param>
/// <param name="Fading">How much of an error is left one step later, -1..1.</param>
internal readonly record struct SmoothingWeights(double Level, double Trend, double Damping, double Short, double Long, double Fading)
{
    /// <summary>From parameters without bounds, in this order.</summary>
    public static SmoothingWeights From(ReadOnlySpan<double> free)
    {
        var level = Bounded(free[0]);
        return new SmoothingWeights(
            level, 0.5 * level * Bounded(free[1]), 0.8 + (0.199 * Bounded(free[2])), Bounded(free[3]) * 0.7, Bounded(free[4]) * 0.7, (1.25 * Bounded(free[5])) - 0.3);
    }

    private static double Bounded(double free) => 1 / (1 + Math.Exp(-free));
}
