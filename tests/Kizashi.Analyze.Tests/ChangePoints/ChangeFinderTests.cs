using System.Globalization;
using Kizashi.Analyze.ChangePoints;
using Kizashi.Analyze.State;
using Kizashi.Testing;

namespace Kizashi.Analyze.Tests.ChangePoints;

public sealed class ChangeFinderTests
{
    [Fact]
    public void The_alerts_of_a_published_run_are_reproduced_exactly()
    {
        var folder = Path.Combine(Corpus.Root, "forecast");
        Assert.SkipUnless(Directory.Exists(folder), "the published run is not here");
        var rows = File.ReadLines(Path.Combine(folder, "darknet-10min-counts.csv")).Skip(1)
            .Select(line => line.Split(',')).ToArray();
        var (packets, hosts) = (new ChangeFinder(), new ChangeFinder());
        var alerts = rows.Where(row =>
            packets.Update(Number(row[1])) > ChangeFinder.Threshold
            | hosts.Update(Number(row[2])) > ChangeFinder.Threshold);

        Assert.Equal(
            File.ReadLines(Path.Combine(folder, "darknet-10min-changefinder-alerts.txt")).Where(line => line.Length > 0),
            alerts.Select(row => row[0]));
    }

    [Fact]
    public void A_jump_scores_above_the_threshold_and_above_all_before_it()
    {
        var random = new Random(1);
        var finder = new ChangeFinder();
        var before = Enumerable.Range(0, 300).Select(_ => finder.Update(1000 + random.Next(-50, 50))).Skip(100).Max();
        var after = Enumerable.Range(0, 12).Select(_ => finder.Update(3000 + random.Next(-50, 50))).Max();
        Assert.InRange(after, ChangeFinder.Threshold, double.MaxValue);
        Assert.InRange(after, before, double.MaxValue);
    }

    [Fact]
    public void A_series_that_never_moves_has_finite_scores()
    {
        var finder = new ChangeFinder();
        Assert.All(Enumerable.Range(0, 5000), _ => Assert.True(double.IsFinite(finder.Update(0))));
    }

    [Fact]
    public void A_saved_finder_goes_on_as_if_nothing_had_happened()
    {
        var random = new Random(2);
        var finder = new ChangeFinder();
        for (var number = 0; number < 40; number++)
            finder.Update(random.Next(100));

        using var state = new MemoryStream();
        var writer = new StateWriter(state, "x", 1);
        finder.Save(writer);
        writer.Finish();
        state.Position = 0;
        var again = new ChangeFinder();
        again.Load(new StateReader(state, "x", 1));
        Assert.All(Enumerable.Range(0, 40), value => Assert.Equal(finder.Update(value), again.Update(value)));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
