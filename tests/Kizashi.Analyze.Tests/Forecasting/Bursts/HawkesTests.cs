using Kizashi.Analyze.Forecasting.Bursts;

namespace Kizashi.Analyze.Tests.Forecasting.Bursts;

public sealed class HawkesTests
{
    [Fact]
    public void What_a_process_made_gives_back_its_parameters_and_exponential_residuals()
    {
        var truth = new HawkesProcess(0.5, 0.6, 2);
        var times = Simulate(truth, 3_000, new Random(8));
        var fit = HawkesFitter.Fit(times, 3_000);
        Assert.Null(fit.Fallback);
        Assert.InRange(fit.Process.Rate, 0.4, 0.6);
        Assert.InRange(fit.Process.Branching, 0.5, 0.7);
        Assert.InRange(fit.Process.Decay, 1.4, 2.8);
        Assert.True(fit.Agreement > 0.01, $"{fit.Agreement}");
        Assert.True(HawkesFitter.Fit(Simulate(new HawkesProcess(1, 0, 1), 500, new Random(3)), 500).Process.Branching < 0.2);
    }

    [Fact]
    public void The_odds_of_the_next_event_are_those_of_many_tries()
    {
        var process = new HawkesProcess(0.2, 0.7, 1.5);
        var (random, came, count) = (new Random(4), 0, 0);
        const int Tries = 4_000;
        for (var number = 0; number < Tries; number++)
        {
            var times = Simulate(process, 2, random, [0]);
            came += times.Length > 1 ? 1 : 0;
            count += times.Length - 1;
        }

        var excitation = process.ExcitationAt([0], 0);
        Assert.Equal(process.ProbabilityWithin(excitation, 2), came / (double)Tries, 0.03);
        Assert.Equal(process.ExpectedWithin(excitation, 2), count / (double)Tries, 0.08);
    }

    [Fact]
    public void Few_or_strange_events_are_a_constant_rate()
    {
        Assert.Equal(HawkesFitter.Few, HawkesFitter.Fit([], 10).Fallback);
        Assert.Equal(HawkesFitter.Few, HawkesFitter.Fit([5], 10).Fallback);
        Assert.Equal(HawkesFitter.Few, HawkesFitter.Fit([.. Enumerable.Repeat(5.0, 100)], 10).Fallback);
        var strange = HawkesFitter.Fit([double.NaN, double.PositiveInfinity, -3, 1, 2, 3, 99], 10);
        Assert.True(strange.Fallback == HawkesFitter.Few && double.IsFinite(strange.Process.Rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => HawkesFitter.Fit([], double.NaN));
    }

    // Ogata's thinning.
    private static double[] Simulate(HawkesProcess process, double until, Random random, List<double>? times = null)
    {
        times ??= [];
        for (var now = times.LastOrDefault(); ;)
        {
            var most = process.Rate + process.ExcitationAt([.. times.TakeLast(200)], now);
            now -= Math.Log(1 - random.NextDouble()) / most;
            if (now > until)
                return [.. times];

            if (random.NextDouble() * most <= process.Rate + process.ExcitationAt([.. times.TakeLast(200)], now))
                times.Add(now);
        }
    }
}
