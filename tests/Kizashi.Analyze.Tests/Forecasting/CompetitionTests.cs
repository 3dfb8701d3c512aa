using Kizashi.Analyze.Forecasting;
using Kizashi.Analyze.Forecasting.Models;
using Kizashi.Analyze.Forecasting.Scores;
using Kizashi.Testing;

namespace Kizashi.Analyze.Tests.Forecasting;

/// <summary>The M4 competition, computed as it did, with the defaults that everybody gets.</summary>
public sealed class CompetitionTests
{
    [Theory]
    [InlineData("hourly", 24, new[] { 24, 168 }, 18.383, 2.395, 0.44)]
    [InlineData("weekly", 1, new[] { 52 }, 9.161, 2.777, 0.75)]
    public void The_benchmark_is_the_competitions_and_our_forecasts_are_as_good_as_its_best(string kind, int season, int[] periods, double smape, double mase, double most)
    {
        Assert.SkipUnless(Corpus.IsPresent, "needs the shared data");
        var forecaster = new Forecaster(new ForecastOptions());
        var scores = M4.Read(kind).AsParallel().AsOrdered().Select(series =>
        {
            var (history, actual) = series;
            var scale = PointScores.Scale(history, season);
            var naive = Naive2.Forecast(history, season, actual.Length);
            double[] own = [.. forecaster.Forecast(new SeriesHistory(history, Seasons.Of(history, periods)), actual.Length, 0).Median];
            return (Naive: (Smape: PointScores.Smape(actual, naive), Mase: PointScores.Mae(actual, naive) / scale), Own: (Smape: PointScores.Smape(actual, own), Mase: PointScores.Mae(actual, own) / scale));
        }).ToList();
        var (naiveSmape, naiveMase) = (scores.Average(score => score.Naive.Smape), scores.Average(score => score.Naive.Mase));
        Assert.Equal(smape, naiveSmape, 0.0005);
        Assert.Equal(mase, naiveMase, 0.0005);
        var owa = 0.5 * ((scores.Average(score => score.Own.Smape) / naiveSmape) + (scores.Average(score => score.Own.Mase) / naiveMase));
        TestContext.Current.TestOutputHelper!.WriteLine($"{kind}: OWA {owa:f3}");
        Assert.InRange(owa, 0, most);
    }
}
