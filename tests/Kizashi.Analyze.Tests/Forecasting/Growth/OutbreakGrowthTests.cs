using Kizashi.Analyze.Forecasting.Growth;

namespace Kizashi.Analyze.Tests.Forecasting.Growth;

public sealed class OutbreakGrowthTests
{
    // Seeds from 1,000 to 1,999 are those by which parameters were chosen.
    private const int FirstSeed = 7_000;
    private const int Runs = 120;

    // Infected hosts that a window must see, or nobody would have noticed the outbreak.
    private const double Visible = 20;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_size_of_random_scanners_is_told_within_a_factor_of_two_at_a_tenth_of_it()
    {
        var (told, close, held, all) = Measure(isScanner: true, part: 0.1);
        Assert.True(close >= 0.8 * told, $"{close} of {told} of {all}");
        Assert.True(told >= 0.7 * all, $"{told} of {all}");
        Assert.InRange(held, 0.7 * told, 0.97 * told);
    }

    [Fact]
    public void Once_the_curve_bends_it_tells_the_size_by_itself()
    {
        var (told, close, _, _) = Measure(isScanner: true, part: 0.5);
        Assert.True(close >= 0.8 * told, $"{close} of {told}");
    }

    [Fact]
    public void A_clean_curve_gives_doubling_time_peak_and_size()
    {
        var windows = Curve(hours: 10, hour => 20_000 / (1 + (1_999 * Math.Exp(-1.0 * hour))));
        var forecast = new OutbreakGrowth(new GrowthOptions()).Forecast(windows, 12)!;
        Assert.Equal(GrowthModel.Logistic, forecast.Model);
        Assert.Equal(SizeSource.Curve, forecast.SizeFrom);
        Assert.InRange(forecast.FinalSeen!.Median, 18_000, 22_000);
        Assert.InRange((forecast.Peak!.Median - Start).TotalHours, 7.4, 7.8);
        Assert.Null(forecast.FinalHosts);
        Assert.Contains(GrowthConditions.NoTelescope, forecast.Conditions);
        Assert.True(forecast.Bands[^1].Upper.Zip(forecast.Bands[^1].Lower).All(pair => pair.First > pair.Second));
        Assert.InRange(forecast.Median[^1], 18_500, 21_500);
    }

    [Fact]
    public void Early_growth_has_a_doubling_time_and_says_that_the_size_is_not_known()
    {
        var forecast = new OutbreakGrowth(new GrowthOptions()).Forecast(Curve(hours: 8, hour => 30 * Math.Exp(0.5 * hour)), 6)!;
        Assert.Equal(GrowthModel.Exponential, forecast.Model);
        Assert.InRange(forecast.DoublingTime!.Median.TotalHours, 1.2, 1.6);
        Assert.Equal(SizeSource.Prior, forecast.SizeFrom);
        Assert.Contains(GrowthConditions.SizeUnknown, forecast.Conditions);
        Assert.True(forecast.FinalSeen!.Bands[^1].Upper > 5 * forecast.FinalSeen.Bands[^1].Lower);
    }

    [Fact]
    public void A_change_of_rate_is_dated_and_the_later_rate_goes_on()
    {
        var forecast = new OutbreakGrowth(new GrowthOptions()).Forecast(Curve(hours: 12, hour => hour < 6 ? 50 * Math.Exp(0.8 * hour) : 50 * Math.Exp((0.8 * 6) + (0.2 * (hour - 6)))), 6)!;
        Assert.InRange((forecast.RateChanged!.Value - Start).TotalHours, 4, 8);
        Assert.InRange(forecast.DoublingTime!.Median.TotalHours, 2.5, 6);
    }

    [Fact]
    public void What_shrinks_or_stands_still_has_no_doubling_time()
    {
        var growth = new OutbreakGrowth(new GrowthOptions());
        var falling = growth.Forecast(Curve(hours: 12, hour => 40 + (3_000 * Math.Exp(-0.3 * hour))), 6)!;
        Assert.Equal((GrowthModel.Declining, null), (falling.Model, falling.DoublingTime));
        Assert.True(falling.Median[^1] < 150);
        var still = growth.Forecast(Curve(hours: 12, _ => 100), 6)!;
        Assert.Null(still.DoublingTime);
        Assert.InRange(still.Median[^1], 80, 120);
    }

    [Fact]
    public void Whatever_is_handed_in_the_answer_is_made_of_numbers()
    {
        var growth = new OutbreakGrowth(new GrowthOptions { TelescopePart = 1e-5 });
        Assert.Null(growth.Forecast([], 3));
        Assert.Null(growth.Forecast([new GrowthObservation(Start, double.NaN)], 3));
        var random = new Random(9);
        double[] wild = [double.NaN, -5, 0, 1, 1e12, 1e300, double.PositiveInfinity, 7];
        for (var number = 0; number < 60; number++)
        {
            var windows = Enumerable.Range(0, 1 + random.Next(40)).Select(_ => new GrowthObservation(Start.AddMinutes(10 * random.Next(30)), wild[random.Next(wild.Length)], random.Next(3) == 0 ? null : wild[random.Next(wild.Length)])).ToList();
            if (growth.Forecast(windows, 4) is not { } forecast)
                continue;

            Assert.All(forecast.Median, value => Assert.True(double.IsFinite(value)));
            Assert.All(forecast.Bands, band => Assert.All(band.Lower.Zip(band.Upper), pair => Assert.True(pair.First < pair.Second)));
            Assert.True(forecast.FinalHosts is not { } size || double.IsFinite(size.Median));
        }

        Assert.Throws<ArgumentException>(() => new OutbreakGrowth(new GrowthOptions { TelescopePart = 2 }));
    }

    private static List<GrowthObservation> Curve(int hours, Func<double, double> hosts)
    {
        var random = new Random(4);
        return
        [
            .. Enumerable.Range(1, hours * 6).Select(window => hosts(window / 6.0))
                .Select((mean, at) => new GrowthObservation(Start.AddMinutes(10 * (at + 1)), Math.Round(mean + (Math.Sqrt(mean) * ((2 * random.NextDouble()) - 1))))),
        ];
    }

    private static (int Told, int Close, int Held, int All) Measure(bool isScanner, double part)
    {
        var (gate, told, close, held, all) = (new Lock(), 0, 0, 0, 0);
        Parallel.For(FirstSeed, FirstSeed + Runs, seed =>
        {
            var simulated = new SimulatedGrowth(seed, isScanner, part);
            if (simulated.Visible < Visible)
                return;

            var size = new OutbreakGrowth(new GrowthOptions { TelescopePart = simulated.Part }).Forecast(simulated.Seen, 6)!.FinalHosts;
            lock (gate)
            {
                all++;
                told += size is null ? 0 : 1;
                close += size is { } known && known.Median >= simulated.Size / 2 && known.Median <= simulated.Size * 2 ? 1 : 0;
                held += size is { } banded && banded.Bands[1].Lower <= simulated.Size && simulated.Size <= banded.Bands[1].Upper ? 1 : 0;
            }
        });
        return (told, close, held, all);
    }
}
