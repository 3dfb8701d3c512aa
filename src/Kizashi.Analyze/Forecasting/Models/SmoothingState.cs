namespace Kizashi.Analyze.Forecasting.Models;

/// <summary>Level, damped trend and additive seasons of several lengths, each smoothed exponentially, with errors that fade (Holt 1957, Winters 1960, Gardner 1985, Taylor 2003).</summary>
/// <remarks>In the notation of state spaces: ETS(A,Ad,A) with more than one season and an autoregressive error.</remarks>
internal sealed class SmoothingState
{
    private readonly int[] _periods;
    private readonly double[][] _seasons;
    private readonly double[][] _firstSeasons;
    private readonly double _firstLevel;
    private double _level;
    private double _trend;
    private double _error;
    private int _at;

    public SmoothingState(SeriesHistory history)
    {
        _periods = [.. history.Periods];
        var (values, longest) = (history.Values, history.Longest);
        var span = Math.Min(values.Length, Math.Max(longest * Math.Min(3, values.Length / longest), Math.Min(10, values.Length)));
        _firstLevel = Mean(values.AsSpan(0, Math.Min(span, Math.Max(longest, 4))));
        _firstSeasons = [.. _periods.Select(period => new double[period])];
        Begin(values.AsSpan(0, span));
        _seasons = [.. _periods.Select(period => new double[period])];
    }

    /// <summary>Runs over the values; the mean of squared errors of one step, those of the first seasons left out.</summary>
    public double Run(ReadOnlySpan<double> values, in SmoothingWeights weights)
    {
        (_level, _trend, _error, _at) = (_firstLevel, 0, 0, 0);
        for (var season = 0; season < _seasons.Length; season++)
            _firstSeasons[season].CopyTo(_seasons[season], 0);

        var warmUp = Math.Min(values.Length / 3, _periods.Length == 0 ? 3 : _periods[^1]);
        var sum = 0.0;
        for (; _at < values.Length; _at++)
        {
            var seasonal = 0.0;
            for (var season = 0; season < _seasons.Length; season++)
                seasonal += _seasons[season][_at % _periods[season]];

            var trend = weights.Damping * _trend;
            var error = values[_at] - (_level + trend + seasonal);
            var surprise = error - (weights.Fading * _error);
            if (_at >= warmUp)
                sum += surprise * surprise;

            _error = error;
            _level += trend + (weights.Level * surprise);
            _trend = trend + (weights.Trend * surprise);
            for (var season = 0; season < _seasons.Length; season++)
                _seasons[season][_at % _periods[season]] += (season == 0 ? weights.Short : weights.Long) * surprise;
        }

        return sum / Math.Max(1, values.Length - warmUp);
    }

    /// <summary>After <see cref="Run"/>.</summary>
    public double[] Forecast(int horizon, in SmoothingWeights weights)
    {
        var forecast = new double[horizon];
        var (level, trend, error) = (_level, _trend, _error);
        for (var step = 0; step < horizon; step++)
        {
            trend *= weights.Damping;
            level += trend;
            error *= weights.Fading;
            forecast[step] = level + error;
            for (var season = 0; season < _seasons.Length; season++)
                forecast[step] += _seasons[season][(_at + step) % _periods[season]];
        }

        return forecast;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;

        return sum / Math.Max(1, values.Length);
    }

    // Means by phase, the shortest season first, each of what the ones before it left.
    private void Begin(ReadOnlySpan<double> values)
    {
        var rest = values.ToArray();
        var longest = _periods.Length == 0 ? 1 : _periods[^1];
        for (var from = 0; from < rest.Length; from += longest)
        {
            var cycle = rest.AsSpan(from, Math.Min(longest, rest.Length - from));
            var mean = Mean(cycle.Length == longest ? cycle : rest.AsSpan(Math.Max(0, rest.Length - longest)));
            foreach (ref var value in cycle)
                value -= mean;
        }

        for (var season = 0; season < _periods.Length; season++)
        {
            var (period, counts) = (_periods[season], new int[_periods[season]]);
            for (var at = 0; at < rest.Length; at++)
            {
                _firstSeasons[season][at % period] += rest[at];
                counts[at % period]++;
            }

            for (var phase = 0; phase < period; phase++)
                _firstSeasons[season][phase] /= Math.Max(1, counts[phase]);

            for (var at = 0; at < rest.Length; at++)
                rest[at] -= _firstSeasons[season][at % period];
        }
    }
}
