using Kizashi.Analyze.Forecasting.Numerics;

namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>A series without its seasons, which are means by phase that follow the latest seasons more.</summary>
internal sealed class Deseasonalized
{
    // A phase's mean forgets half in this many seasons.
    private const double HalfLife = 3;

    private readonly IReadOnlyList<int> _periods;
    private readonly double[][] _seasons;

    public Deseasonalized(SeriesHistory history)
    {
        _periods = history.Periods;
        _seasons = [.. _periods.Select(period => new double[period])];
        Values = (double[])history.Values.Clone();
        for (var round = 0; round < 2; round++)
        {
            for (var season = 0; season < _periods.Count; season++)
                Refine(season);
        }
    }

    /// <summary>What is left of each value.</summary>
    public double[] Values { get; }

    /// <summary>Adds the seasons to what follows the values.</summary>
    public void AddTo(double[] forecast)
    {
        for (var step = 0; step < forecast.Length; step++)
        {
            for (var season = 0; season < _periods.Count; season++)
                forecast[step] += _seasons[season][(Values.Length + step) % _periods[season]];
        }
    }

    private void Refine(int season)
    {
        var period = _periods[season];
        for (var at = 0; at < Values.Length; at++)
            Values[at] += _seasons[season][at % period];

        var trend = SeasonMeans.Of(Values, period);
        var fade = Math.Pow(0.5, 1 / (HalfLife * Math.Max(1, _periods[^1] / period)));
        var (sums, weights) = (new double[period], new double[period]);
        for (var at = 0; at < Values.Length; at++)
        {
            var phase = at % period;
            sums[phase] = (sums[phase] * fade) + Values[at] - trend[at];
            weights[phase] = (weights[phase] * fade) + 1;
        }

        var mean = 0.0;
        for (var phase = 0; phase < period; phase++)
        {
            _seasons[season][phase] = weights[phase] > 0 ? sums[phase] / weights[phase] : 0;
            mean += _seasons[season][phase] / period;
        }

        for (var phase = 0; phase < period; phase++)
            _seasons[season][phase] -= mean;

        for (var at = 0; at < Values.Length; at++)
            Values[at] -= _seasons[season][at % period];
    }
}
