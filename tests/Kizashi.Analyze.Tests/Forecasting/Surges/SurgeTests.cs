using Kizashi.Analyze.Forecasting;
using Kizashi.Analyze.Forecasting.Surges;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Tests.Forecasting.Surges;

public sealed class SurgeTests
{
    // Seeds from 1,000 to 2,999 are those by which the defaults were chosen.
    private const int FirstSeed = 50_000;
    private const int Hours = 60 * 24;

    private static readonly SurgeOptions Options = new();

    [Fact]
    public void What_doubles_every_six_hours_is_announced_long_before_it_surges_and_then_said_to_have_come()
    {
        var findings = Run(Growing(doubling: 6, steady: 60));
        var surge = Assert.Single(findings, finding => finding.Outcome == SurgeOutcome.Came);
        Assert.InRange((surge.Came!.Value - surge.Announced).TotalHours, 5, 24);
        Assert.InRange(surge.Doubling!.Value, 4, 9);
        Assert.True(surge is { FactorLower: > 1, Factor: >= 4 } && surge.FactorUpper > surge.Factor);
        Assert.All(findings.GroupBy(finding => finding.EventId), said => Assert.Equal([SurgeOutcome.Open, said.Last().Outcome], said.Select(finding => finding.Outcome)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(5_000)]
    public void A_quiet_series_is_left_in_peace(double level)
    {
        var random = new Random(11);
        float[] counts = [.. Enumerable.Range(0, Hours).Select(hour => (float)Math.Round(level * (1 + (0.5 * Math.Sin(hour * Math.PI / 12)) + (0.1 * random.NextDouble()))))];
        Assert.Empty(Run(counts));
    }

    [Fact]
    public void One_wild_hour_and_a_new_level_are_no_growth()
    {
        var counts = Growing(doubling: 1e9, steady: 100);
        counts[700] = 350;
        for (var hour = 900; hour < counts.Length; hour++)
            counts[hour] += 120;

        Assert.Empty(Run(counts));
    }

    [Fact]
    public void What_a_forecast_already_says_is_announced_as_a_pattern()
    {
        var usual = Enumerable.Repeat(50f, 24 * 20).ToArray();
        var coming = Enumerable.Range(0, 24).Select(hour => hour == 9 ? 600.0 : 50).ToArray();
        var forecast = new SeriesForecast
        {
            Median = coming,
            Bands = [.. new[] { 0.5, 0.8, 0.95 }.Select(level => new ForecastBand(level, [.. coming.Select(value => value * (1 - (level / 2)))], [.. coming.Select(value => value * (1 + level))]))],
            Models = [],
            Skill = 0.5,
            Origins = 6,
            Fallback = null,
        };
        var outlook = new SurgeForecaster(Options).Judge(usual, forecast);
        Assert.Null(outlook.Doubling);
        Assert.True(outlook.Probability > 0.95);
        Assert.Equal((10, 50, 12), (outlook.Lead, outlook.Usual, outlook.Factor));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1e30f)]
    [InlineData(3e38f)]
    public void Whatever_is_counted_there_is_a_number_for_an_answer(float wild)
    {
        var random = new Random(5);
        for (var length = 1; length < 400; length += 37)
        {
            float[] counts = [.. Enumerable.Range(0, length).Select(_ => random.Next(3) == 0 ? wild : random.Next(50))];
            var outlook = new SurgeForecaster(Options).Judge(counts, null);
            Assert.InRange(outlook.Probability, 0, 1);
            Assert.False(double.IsNaN(outlook.Factor) || double.IsNaN(outlook.Lower) || double.IsNaN(outlook.Upper) || double.IsNaN(outlook.Lead));
        }
    }

    [Fact]
    public void Not_even_the_steepest_growth_is_more_than_certain()
    {
        // Weights of many ways add up to a hair more than one.
        for (var doubling = 1.0; doubling < 16; doubling *= 1.05)
        {
            var (counts, state) = (Growing(doubling, steady: 10), new SurgeState());
            for (var hour = 780; hour < 860; hour++)
                state = new SurgeJudge(Options).Take(("x", "sources"), counts.AsSpan(0, hour), hour, state, null, new SurgeTally(), []);

            Assert.All(state.Odds, odds => Assert.True(float.IsFinite(odds)));
            Assert.InRange(new SurgeForecaster(Options).Judge(counts.AsSpan(0, 830), null).Probability, 0, 1);
        }
    }

    [Fact]
    public void An_announcement_whose_time_nobody_observed_is_neither_right_nor_wrong()
    {
        var counts = Growing(doubling: 6, steady: 60);
        var announced = (int)(Run(counts)[0].Announced.ToUnixTimeSeconds() / 3600);
        for (var hour = announced; hour < announced + 30; hour++)
            counts[hour] = float.NaN;

        Assert.Equal(SurgeOutcome.Unknown, Run(counts)[1].Outcome);
    }

    [Fact]
    public void Announcements_on_simulated_outbreaks_are_as_good_as_documented()
    {
        var score = SurgeScore.Of(Enumerable.Range(FirstSeed, 160), Hours, 0.5, Options);
        Assert.InRange(score.Due, 20, 200);
        Assert.True(score.Early >= 0.3 * score.Due, score.ToString());
        Assert.True(score.FalsePerWeek <= 1.5, score.ToString());
    }

    private static float[] Growing(double doubling, double steady)
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, 40 * 24).Select(hour => (float)Math.Round(
                (steady * (1 + (0.4 * Math.Sin(hour * Math.PI / 12)))) + (Math.Sqrt(steady) * ((2 * random.NextDouble()) - 1))
                + (hour < 800 ? 0 : Math.Min(20 * steady, 2 * Math.Pow(2, (hour - 800) / doubling))))),
        ];
    }

    private static List<SurgeFinding> Run(ReadOnlySpan<float> counts)
    {
        var (judge, state, tally, findings) = (new SurgeJudge(Options), new SurgeState(), new SurgeTally(), new List<Finding>());
        for (var hour = 0; hour < counts.Length; hour++)
            state = judge.Take(("port/tcp/5555", "sources"), counts[..(hour + 1)], hour, state, null, tally, findings);

        return [.. findings.Cast<SurgeFinding>()];
    }
}
