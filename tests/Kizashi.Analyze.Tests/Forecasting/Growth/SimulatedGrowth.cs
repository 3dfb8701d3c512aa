using Kizashi.Analyze.Forecasting.Growth;

namespace Kizashi.Analyze.Tests.Forecasting.Growth;

/// <summary>An outbreak as a telescope sees it, with its truth: a random scanner that infects by chance, on a port with a background of its own.</summary>
internal sealed class SimulatedGrowth
{
    private const double Addresses = 4_294_967_296;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <param name="seed">The same seed gives the same outbreak.</param>
    /// <param name="isScanner">Growth follows from the scan rate; else the two have nothing to do with each other.</param>
    /// <param name="part">Of the final size, up to which it is seen.</param>
    public SimulatedGrowth(int seed, bool isScanner, double part)
    {
        // Neighboring seeds of the framework's generator begin alike.
        var random = new Random((int)(System.IO.Hashing.XxHash64.HashToUInt64(BitConverter.GetBytes(seed)) & int.MaxValue));
        double LogUniform(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double Poisson(double mean) => mean > 30 ? Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal()))) : SmallPoisson(random, mean);

        Size = LogUniform(300, 100_000);
        Rate = LogUniform(0.2, 3);
        Part = 1 / Math.Pow(2, 16 + random.Next(5));
        var scans = isScanner ? Rate * Addresses / Size / Math.Exp(0.35 * Normal()) : LogUniform(1e5, 1e7);
        var background = 200 * random.NextDouble();
        var infected = 1.0 + random.Next(10);
        Step = TimeSpan.FromMinutes(10);
        var (quiet, off) = (24 + random.Next(30), random.NextDouble() < 0.3);
        var perWindow = scans * Part * Step.TotalHours;
        for (var window = 0; window < 4_000 && infected < part * Size; window++)
        {
            // Chance rules while there are few.
            if (window >= quiet)
                infected = Math.Min(Size, infected + Poisson(Rate * infected * (1 - (infected / Size)) * Step.TotalHours));

            var at = Start + ((window + 1) * Step);
            var others = Poisson(background * (1 + (0.4 * Math.Sin(window * Math.PI / 72))));
            var bots = window < quiet ? 0 : Poisson(infected * (1 - Math.Exp(-perWindow)));
            var packets = others + (bots == 0 ? 0 : bots + Poisson(bots * ((perWindow / (1 - Math.Exp(-perWindow))) - 1)));
            if (!off || window % 40 is < 20 or > 24)
                Seen.Add(new GrowthObservation(at, others + bots, packets));

            At = at;
        }

        Visible = infected * (1 - Math.Exp(-perWindow));
        PeakIn = Math.Log((1 - Math.Min(0.999, infected / Size)) / Math.Min(0.999, infected / Size)) / Rate;
    }

    /// <summary>Infected in the end.</summary>
    public double Size { get; }

    /// <summary>Growth per hour while few are infected.</summary>
    public double Rate { get; }

    /// <summary>The telescope's part of the address space.</summary>
    public double Part { get; }

    public TimeSpan Step { get; }

    /// <summary>End of the last window.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Hours until half are infected, counted from the last window.</summary>
    public double PeakIn { get; }

    /// <summary>Infected hosts that the last window is expected to see.</summary>
    public double Visible { get; }

    public List<GrowthObservation> Seen { get; } = [];

    private static double SmallPoisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= random.NextDouble();

        return count;
    }
}
