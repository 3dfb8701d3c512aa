namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>All ways in which an outbreak may grow, each with its probability.</summary>
internal sealed class GrowthPosterior
{
    // So much less probable than the best that it says nothing.
    private const double Least = 1e-7;

    // A normal variable's middle parts: 10 %, 30 %, 50 %...
    private static readonly double[] Deviations = [-1.6449, -1.0364, -0.6745, -0.3853, -0.1257, 0.1257, 0.3853, 0.6745, 1.0364, 1.6449];

    private readonly List<(GrowthWay Way, double Weight)> _ways;

    /// <param name="ways">At least one.</param>
    /// <param name="prior">Logarithm of how probable a way was before anything was seen.</param>
    public GrowthPosterior(IReadOnlyList<GrowthWay> ways, Func<GrowthWay, double> prior)
    {
        double[] logs = [.. ways.Select(way => way.LogLikelihood + (way.Rate > 0 ? prior(way) : Math.Log(0.05)))];
        var top = logs.Max();
        _ways = [.. ways.Zip(logs, (way, log) => (way, Math.Exp(log - top))).Where(one => one.Item2 > Least)];
        var all = _ways.Sum(one => one.Weight);
        _ways = _ways.ConvertAll(one => (one.Way, one.Weight / all));
    }

    public double Part(Func<GrowthWay, bool> which) => _ways.Where(one => which(one.Way)).Sum(one => one.Weight);

    public double Mean(Func<GrowthWay, double> value) => _ways.Sum(one => one.Weight * value(one.Way));

    public double Spread(Func<GrowthWay, bool> which, Func<GrowthWay, double> value)
    {
        var some = _ways.Where(one => which(one.Way)).ToList();
        var all = some.Sum(one => one.Weight);
        if (all <= 0)
            return double.MaxValue;

        var mean = some.Sum(one => one.Weight * value(one.Way)) / all;
        return Math.Sqrt(some.Sum(one => one.Weight * Math.Pow(value(one.Way) - mean, 2)) / all);
    }

    public WeighedValues Quantities(Func<GrowthWay, bool> which, Func<GrowthWay, double> value) =>
        new(_ways.Where(one => which(one.Way)).Select(one => (value(one.Way), one.Weight)));

    /// <summary>Counts around what each way expects, spread as counts are.</summary>
    /// <param name="value">Expected.</param>
    /// <param name="dispersion">Variance over mean.</param>
    public WeighedValues Scattered(Func<GrowthWay, double> value, double dispersion) => new(_ways.SelectMany(one =>
    {
        var mean = value(one.Way);
        return Deviations.Select(deviation => (Math.Max(0, mean + (deviation * Math.Sqrt(dispersion * Math.Max(1, mean)))), one.Weight / Deviations.Length));
    }));
}
