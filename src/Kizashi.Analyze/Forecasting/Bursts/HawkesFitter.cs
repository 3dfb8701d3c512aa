using Kizashi.Analyze.Forecasting.Numerics;

namespace Kizashi.Analyze.Forecasting.Bursts;

/// <summary>Finds the Hawkes process under which events were likeliest.</summary>
public static class HawkesFitter
{
    /// <summary>There are fewer events than say anything about bursts.</summary>
    public const string Few = "few";

    /// <summary>A constant rate explains them as well.</summary>
    public const string NoBetter = "no-better";

    /// <summary>Of more events only the latest so many are looked at, so that the time it takes is bounded.</summary>
    public const int MostEvents = 20_000;

    private const int FewestEvents = 8;

    // Akaike's price of the two parameters that a constant rate does not have.
    private const double LeastGain = 2;
    private const int Evaluations = 400;

    /// <param name="times">In any order; what is no number, below 0 or after <paramref name="until"/> is left out.</param>
    /// <param name="until">Up to which all events since 0 are known; a finite number above 0.</param>
    public static HawkesFit Fit(ReadOnlySpan<double> times, double until)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(until);
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(until), false, nameof(until));
        double[] known = [.. times];
        known = [.. known.Where(time => time >= 0 && time <= until).Order()];
        var from = 0.0;
        if (known.Length > MostEvents)
        {
            from = known[^(MostEvents + 1)];
            known = [.. known[^MostEvents..].Select(time => time - from)];
        }

        return Fitted(known, Math.Max(until - from, double.Epsilon));
    }

    private static HawkesFit Fitted(double[] times, double span)
    {
        // Half an event more: no rate is said to be 0 for ever because nothing has come yet.
        var steady = new HawkesProcess(times.Length == 0 ? 0.5 / span : times.Length / span, 0, 1 / span);
        if (times.Distinct().Take(FewestEvents).Count() < FewestEvents)
            return Result(steady, times, span, 0, Few);

        var usual = span / times.Length;
        var gaps = times.Zip(times.Skip(1), (one, next) => next - one).Where(gap => gap > 0).Order().ToList();

        // Likelihoods have several peaks: bursts may be as short as the short gaps, or longer than the usual one.
        var best = steady;
        foreach (var lasting in (double[])[gaps[gaps.Count / 4], usual, 5 * usual])
        {
            var found = NelderMead.Minimize(
                free => -From(free, span, gaps[0]).LogLikelihood(times, span), [Math.Log(0.5 / usual), 0, -Math.Log(lasting)], 0.7, Evaluations, 1e-7);
            var process = From(found, span, gaps[0]);
            if (process.LogLikelihood(times, span) > best.LogLikelihood(times, span))
                best = process;
        }

        var gain = best.LogLikelihood(times, span) - steady.LogLikelihood(times, span);
        return gain > LeastGain ? Result(best, times, span, gain, null) : Result(steady, times, span, 0, NoBetter);
    }

    private static HawkesFit Result(HawkesProcess process, double[] times, double span, double gain, string? fallback) =>
        new(process, process.LogLikelihood(times, span), gain, ExponentialTest.Agreement(process.Residuals(times)), fallback);

    // Bursts shorter than the shortest gap, or longer than all that is known, cannot be told from none.
    private static HawkesProcess From(double[] free, double span, double shortest) => new(
        Math.Exp(Math.Clamp(free[0], -300, 300)),
        0.999 / (1 + Math.Exp(-free[1])),
        Math.Clamp(Math.Exp(free[2]), 0.1 / span, 10 / shortest));
}
