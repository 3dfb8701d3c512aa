namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>How large outbreaks become, from those that are over: a log-normal distribution of final sizes.</summary>
public sealed record OutbreakExperience
{
    // Before anything is known: from hundreds to hundreds of thousands of hosts.
    private const double UsualMedian = 6_000;
    private const double UsualSpread = 1.8;

    // The usual distribution counts as so many outbreaks.
    private const double UsualWeight = 4;

    private OutbreakExperience(double median, double spread) => (Median, Spread) = (median, spread);

    /// <summary>That of nobody: half of all outbreaks stay below 6,000 hosts, two thirds lie between 1,000 and 36,000.</summary>
    public static OutbreakExperience None { get; } = new(UsualMedian, UsualSpread);

    /// <summary>Hosts, more than 0.</summary>
    public double Median { get; }

    /// <summary>Standard deviation of the natural logarithm.</summary>
    public double Spread { get; }

    /// <param name="finalSizes">Hosts in all of outbreaks that are over; what is not a number from 1 to 1e12 is left out.</param>
    public static OutbreakExperience Of(IEnumerable<double> finalSizes)
    {
        ArgumentNullException.ThrowIfNull(finalSizes);
        double[] logs = [.. finalSizes.Where(size => size is >= 1 and <= 1e12).Select(size => Math.Log(size))];
        var weight = UsualWeight + logs.Length;
        var mean = ((UsualWeight * Math.Log(UsualMedian)) + logs.Sum()) / weight;
        var squares = logs.Sum(log => (log - mean) * (log - mean));
        var usual = UsualWeight * ((UsualSpread * UsualSpread) + Math.Pow(Math.Log(UsualMedian) - mean, 2));

        // The next outbreak also differs from the mean by what the mean itself is unsure of.
        return new OutbreakExperience(Math.Exp(mean), Math.Sqrt((usual + squares) / weight * (1 + (logs.Length > 0 ? 1 / weight : 0))));
    }
}
