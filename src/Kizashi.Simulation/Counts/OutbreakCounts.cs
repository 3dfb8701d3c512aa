namespace Kizashi.Simulation.Counts;

/// <summary>Hourly counts of sources at a port, with the outbreaks that are in them.</summary>
/// <remarks>
/// The background has a day and a week, wanders, and is more spread than independent sources would be; now and then a tool sends for an hour or a new scanner stays, and the
/// sensor is off for hours. Outbreaks follow the SI curve, are seen in part, and are cleaned up after their peak.
/// </remarks>
public sealed class OutbreakCounts
{
    private readonly Random _random;

    /// <param name="seed">The same seed gives the same counts.</param>
    /// <param name="hours">At least 19 days.</param>
    /// <param name="outbreaks">Probability that there is an outbreak in it; it begins after two weeks.</param>
    public OutbreakCounts(int seed, int hours, double outbreaks)
    {
        // Neighboring seeds of the framework's generator begin alike.
        _random = new Random(HashOf(seed));
        var background = Background(hours);
        var infected = new double[hours];
        Outbreaks = _random.NextDouble() < outbreaks ? [Add(infected, (14 * 24) + _random.Next(hours - (18 * 24)))] : [];

        Counts = [.. background.Select((mean, hour) => double.IsNaN(mean) ? float.NaN : (float)(Poisson(mean) + Poisson(infected[hour])))];
        Infected = infected;
    }

    /// <summary>Infected hosts that are expected to be seen in each hour.</summary>
    public IReadOnlyList<double> Infected { get; }

    /// <summary>By the hour, NaN while the sensor was off.</summary>
    public IReadOnlyList<float> Counts { get; }

    public IReadOnlyList<CountedOutbreak> Outbreaks { get; }

    private double[] Background(int hours)
    {
        var level = LogUniform(0.3, 2_000);
        var (day, peak, weekend) = (0.6 * _random.NextDouble(), _random.Next(24), 0.75 + (0.4 * _random.NextDouble()));
        var (wander, shape) = (0.03 + (0.12 * _random.NextDouble()), LogUniform(30, 200));
        var (log, shift, off) = (0.0, 1.0, 0);
        var means = new double[hours];
        for (var hour = 0; hour < hours; hour++)
        {
            log = (0.9 * log) + (wander * Math.Sqrt(1 - 0.81) * Normal());
            if (_random.NextDouble() < 1 / (24 * 30.0))
                shift = Math.Clamp(shift * Math.Exp(0.3 * Normal()), 0.4, 2.5);

            if (_random.NextDouble() < 1 / (24 * 45.0))
                off = 1 + _random.Next(12);

            var season = 1 + (day * Math.Cos(2 * Math.PI * (hour - peak) / 24));
            var mean = level * shift * season * (hour / 24 % 7 >= 5 ? weekend : 1) * Math.Exp(log) * Gamma(shape) / shape;
            if (_random.NextDouble() < 1 / (24 * 20.0))
                mean += level * LogUniform(0.5, 3);

            means[hour] = off-- > 0 ? double.NaN : mean;
        }

        return means;
    }

    private CountedOutbreak Add(double[] counts, int start)
    {
        var (seeds, population, doubling) = (1 + _random.Next(20), LogUniform(300, 100_000), LogUniform(3, 24));
        var (seen, half) = (LogUniform(0.05, 1), LogUniform(12, 72));
        var (rate, infected, peak) = (Math.Log(2) / doubling, (double)seeds, -1);
        var outbreak = new CountedOutbreak(start, seeds, population, doubling);
        var begun = -1;
        for (var hour = start; hour < counts.Length; hour++)
        {
            if (peak < 0 && infected >= 0.97 * population)
                peak = hour;

            infected = peak < 0 ? infected * Math.Exp(rate * (1 - (infected / population))) : infected * Math.Pow(0.5, 1 / half);
            if (begun < 0 && infected >= 2 * seeds)
                begun = hour;

            counts[hour] += infected * seen;
        }

        return outbreak with { Begun = begun };
    }

    private static int HashOf(int seed) => (int)(System.IO.Hashing.XxHash64.HashToUInt64(BitConverter.GetBytes(seed)) & int.MaxValue);

    private double LogUniform(double low, double high) => low * Math.Pow(high / low, _random.NextDouble());

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    // Marsaglia and Tsang 2000, for shapes of at least 1.
    private double Gamma(double shape)
    {
        var d = shape - (1.0 / 3);
        while (true)
        {
            var normal = Normal();
            var cube = Math.Pow(1 + (normal / Math.Sqrt(9 * d)), 3);
            if (cube > 0 && Math.Log(1 - _random.NextDouble()) < (normal * normal / 2) + d - (d * cube) + (d * Math.Log(cube)))
                return d * cube;
        }
    }

    private double Poisson(double mean)
    {
        if (mean > 50)
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));

        var (limit, product, count) = (Math.Exp(-mean), _random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= _random.NextDouble();

        return count;
    }
}
