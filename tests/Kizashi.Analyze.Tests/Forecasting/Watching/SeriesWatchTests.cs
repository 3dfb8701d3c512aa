using System.Text.Json;
using Kizashi.Analyze.Forecasting.Watching;
using Kizashi.Core;
using Kizashi.Core.Findings;
using Kizashi.Core.Forecasts;

namespace Kizashi.Analyze.Tests.Forecasting.Watching;

public sealed class SeriesWatchTests
{
    private const long Start = 24 * 20_000;

    private static readonly SeriesDeclaration Ports = new() { Name = "port", Over = SeriesOrigin.Observations, Count = "sources", By = "port", AtLeast = 5, Most = 3 };
    private static readonly SeriesDeclaration All = new() { Name = "sources", Over = SeriesOrigin.Observations, Count = "sources" };

    [Fact]
    public void A_series_begins_with_its_first_busy_hour_and_its_past_is_what_was_observed()
    {
        var watch = Watch();
        Feed(watch, 0, ("tcp/23", 4));
        watch.Add(Ports, Start + 1, null);
        Feed(watch, 2, ("tcp/23", 9));
        var series = Assert.Single(watch.Series);
        Assert.Equal("port/tcp/23", series.Name);
        Assert.Equal([0, float.NaN, 9], series.Values.ToArray());
        Assert.Equal(Start, series.First);
    }

    [Fact]
    public void The_busiest_are_kept_and_what_has_no_room_is_counted()
    {
        var watch = Watch();
        Feed(watch, 0, ("a", 10), ("b", 20), ("c", 30));
        Feed(watch, 1, ("a", 10), ("b", 20), ("c", 30), ("d", 15));
        Assert.Equal(1, watch.LeftOut);
        Feed(watch, 2, ("b", 20), ("c", 30), ("d", 900));
        Assert.Equal(["b", "c", "d"], watch.Series.Select(series => series.Key).Order());
        Assert.Single(watch.TakeRemoved());
        Assert.Empty(watch.TakeRemoved());
    }

    [Fact]
    public void What_was_said_before_is_judged_when_its_hour_has_come()
    {
        var watch = new SeriesWatch([All], Small(), [], new WatchState());
        var issued = new List<IssuedForecast>();
        WatchedHour? known = null;
        for (var hour = 0; hour < 24 * 10; hour++)
        {
            watch.Add(All, Start + hour, new Dictionary<string, double> { [""] = 100 + (50 * Math.Sin(hour * Math.PI / 12)) + (hour % 7) });
            known = watch.Close(Start + hour, (at, lead) => [.. issued.Where(said => said.Hour == at && said.Lead == lead)], hour >= 24 * 8, CancellationToken.None);
            issued.AddRange(known.Issued);
        }

        var outlook = known!.Outlooks["sources"];
        Assert.Equal([1, 24], outlook.Scores.Select(score => score.Lead));
        Assert.Equal([47, 24], outlook.Scores.Select(score => score.Count));
        Assert.All(outlook.Scores, score => Assert.True(score.Error < 20 && score.Held[^1] > 0.6));
        Assert.Equal(168, outlook.Median.Count);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds((Start + (24 * 10)) * 3600), outlook.From);
    }

    [Fact]
    public void A_restart_at_any_hour_changes_nothing()
    {
        var whole = Run(restarts: []);
        Assert.Contains(whole.Findings, finding => finding is SurgeFinding { Outcome: SurgeOutcome.Came });
        var broken = Run(restarts: [200, 411, 430, 431]);
        Assert.Equal(JsonSerializer.Serialize(whole.Findings.Cast<SurgeFinding>(), KizashiJson.Options), JsonSerializer.Serialize(broken.Findings.Cast<SurgeFinding>(), KizashiJson.Options));
        Assert.Equal(whole.Last.Values.ToArray(), broken.Last.Values.ToArray());
        Assert.Equal(whole.Surges, broken.Surges);
    }

    [Fact]
    public void A_declaration_that_has_changed_begins_anew_and_the_old_series_are_given_up()
    {
        var watch = Watch();
        Feed(watch, 0, ("a", 10));
        _ = watch.Close(Start, (_, _) => [], false, CancellationToken.None);
        var (stored, state) = (watch.TakeUnsaved().ToList(), watch.State());
        var changed = new SeriesWatch([Ports with { AtLeast = 7 }], Small(), stored, state);
        Assert.Single(changed.Anew);
        Assert.Empty(changed.Series);
        Assert.Equal(2, changed.TakeRemoved().Count);
        Assert.Equal(Start, changed.Through);
        var same = new SeriesWatch([Ports], Small(), stored, state);
        Assert.Empty(same.Anew);
        Assert.Single(same.Series);
    }

    private static WatchOptions Small() => new() { Parallel = 1, Leads = [1, 24] };

    private static SeriesWatch Watch() => new([Ports], Small(), [], new WatchState());

    private static void Feed(SeriesWatch watch, int hour, params (string Key, double Count)[] counts) =>
        watch.Add(Ports, Start + hour, counts.ToDictionary(count => count.Key, count => count.Count));

    // Quiet for weeks, then something doubles every five hours.
    private static (List<Finding> Findings, WatchedSeries Last, SurgeRecord Surges) Run(int[] restarts)
    {
        var random = new Random(3);
        var watch = new SeriesWatch([All], Small(), [], new WatchState());
        var stored = new Dictionary<int, List<WatchedCounts>>();
        var findings = new List<Finding>();
        for (var hour = 0; hour < 470; hour++)
        {
            var count = 60 + random.Next(20) + (hour < 400 ? 0 : 5 * Math.Pow(2, (hour - 400) / 5.0));
            watch.Add(All, Start + hour, new Dictionary<string, double> { [""] = Math.Round(count) });
            findings.AddRange(watch.Close(Start + hour, (_, _) => [], false, CancellationToken.None).Findings);
            foreach (var counts in watch.TakeUnsaved())
                (stored.TryGetValue(counts.Id, out var list) ? list : stored[counts.Id] = []).Add(counts);

            if (!restarts.Contains(hour))
                continue;

            var state = JsonSerializer.Deserialize<WatchState>(JsonSerializer.Serialize(watch.State(), KizashiJson.Options), KizashiJson.Options)!;
            watch = new SeriesWatch([All], Small(), [.. stored.Values.Select(Join)], state);
        }

        return (findings, watch.Series.Single(), watch.Surges);
    }

    private static WatchedCounts Join(List<WatchedCounts> parts) => parts[0] with { Values = [.. parts.SelectMany(part => part.Values)] };
}
