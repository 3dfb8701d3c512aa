namespace Kizashi.Bench.Engines;

/// <summary>
/// Invented packet counts of darknet groups: heavy tails, bursts, silence, and some groups that begin together.
/// </summary>
internal static class BurstyCounts
{
    private const double Tail = 1.1;
    private const double Faintest = 0.15;
    private const double Loudest = 200;

    /// <summary>Samples in rows; every group has at least one packet, as only such groups are seen.</summary>
    public static float[] Make(int samples, int groups, int cooperating, int seed)
    {
        var random = new Random(seed);
        var counts = new float[samples * groups];
        for (var group = 0; group < groups; group++)
        {
            var column = Column(random, samples);
            for (var start = random.Next(3, 9); group < cooperating && start < samples; start++)
                column[start] += Poisson(random, 3);

            if (column.Sum() == 0)
            {
                group--;
                continue;
            }

            for (var sample = 0; sample < samples; sample++)
                counts[(sample * groups) + group] = column[sample];
        }

        return counts;
    }

    // Half of the groups come in bursts: silent for 70 % of the samples, and as much louder in the others.
    private static float[] Column(Random random, int samples)
    {
        var rate = Math.Min(Faintest * Math.Pow(1 - random.NextDouble(), -1 / Tail), Loudest);
        var share = random.Next(2) == 0 ? 0.3 : 1;
        var column = new float[samples];
        for (var sample = 0; sample < samples; sample++)
        {
            // The mean of two exponentials: a gamma of shape 2.
            var swing = -0.5 * (Math.Log(1 - random.NextDouble()) + Math.Log(1 - random.NextDouble()));
            column[sample] = random.NextDouble() < share ? Poisson(random, rate / share * swing) : 0;
        }

        return column;
    }

    // Waiting times of a Poisson process: slow for high rates, and exact.
    private static int Poisson(Random random, double rate)
    {
        var count = 0;
        for (var left = rate + Math.Log(1 - random.NextDouble()); left > 0; left += Math.Log(1 - random.NextDouble()))
            count++;

        return count;
    }
}
