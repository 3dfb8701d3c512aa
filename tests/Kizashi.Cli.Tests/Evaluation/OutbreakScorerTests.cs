using Kizashi.Cli.Evaluation;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Cli.Tests.Evaluation;

public sealed class OutbreakScorerTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    // First packet at 6:00; counts in the window that begins at 7:00; last packet at 9:00.
    private static readonly TruthEvent Strong = Growth("tcp/9034", countsFrom: At(7), countsFromHalfHour: At(7), strength: 80);
    private static readonly TruthEvent Faint = Growth("tcp/7547", null, null, strength: 9);

    [Theory]
    [InlineData(7, 10, 0)]
    [InlineData(7, 30, 2)]
    [InlineData(6, 50, -2)]
    [InlineData(9, 0, 11)]
    public void Delay_counts_from_the_end_of_the_window_in_which_an_outbreak_counts(int hour, int minute, double windows)
    {
        var score = Assert.Single(Score([Strong], Report("tcp/9034", At(hour, minute))).Outbreaks);

        Assert.True(score.Counts);
        Assert.Equal(At(7, 10), score.CountsAt);
        Assert.Equal(At(hour, minute), score.FoundAt);
        Assert.Equal(windows, score.DelayWindows);
    }

    [Fact]
    public void Delay_of_an_engine_with_windows_of_half_an_hour_counts_in_these()
    {
        var report = Report("tcp/9034", At(8), minutes: 30);
        var score = Assert.Single(Score([Strong], report).Outbreaks);

        Assert.Equal(At(7, 30), score.CountsAt);
        Assert.Equal(1, score.DelayWindows);
    }

    [Fact]
    public void An_outbreak_that_nobody_told_of_is_missed()
    {
        var score = Assert.Single(Score([Strong]).Outbreaks);

        Assert.True(score.Counts);
        Assert.Null(score.FoundAt);
        Assert.Null(score.DelayWindows);
    }

    [Fact]
    public void What_was_told_before_the_first_packet_is_false_and_finds_nothing_even_when_it_goes_on()
    {
        var (outbreaks, wrong) = Score([Strong], Report("tcp/9034", At(5)), Report("tcp/9034", At(8)) with { Ports = ["tcp/9034", "tcp/23"] });

        Assert.Null(Assert.Single(outbreaks).FoundAt);
        Assert.Equal(At(5), Assert.Single(wrong).At);
    }

    [Fact]
    public void What_was_told_long_after_the_last_packet_is_false()
    {
        var (outbreaks, wrong) = Score([Strong], Report("tcp/9034", At(9, 20)));

        Assert.Null(Assert.Single(outbreaks).FoundAt);
        Assert.Single(wrong);
    }

    [Fact]
    public void Another_port_is_false_and_so_is_another_sensor()
    {
        var (outbreaks, wrong) = Score([Strong], Report("tcp/22", At(8)), Report("tcp/9034", At(8), "b") with { Sensor = "west" });

        Assert.Null(Assert.Single(outbreaks).FoundAt);
        Assert.Equal(2, wrong.Count);
    }

    [Fact]
    public void A_port_among_more_that_are_not_its_own_finds_nothing_until_they_are_no_longer_more()
    {
        var (outbreaks, wrong) = Score(
            [Strong],
            Report("tcp/1", At(8)) with { Ports = ["tcp/1", "tcp/2", "tcp/9034"] },
            Report("tcp/1", At(8, 20)) with { Ports = ["tcp/1", "tcp/9034"] });

        Assert.Equal(At(8, 20), Assert.Single(outbreaks).FoundAt);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Further_alerts_of_the_same_outbreak_are_duplicates_and_not_false()
    {
        var (outbreaks, wrong) = Score([Strong], Report("tcp/9034", At(8)), Report("tcp/9034", At(7, 20), "b"), Report("tcp/9034", At(9), "c"));

        Assert.Equal(2, Assert.Single(outbreaks).Duplicates);
        Assert.Equal(At(7, 20), outbreaks[0].FoundAt);
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_false_event_that_is_told_again_is_one_false_alert()
    {
        var wrong = Score([Strong], Report("tcp/22", At(3)), Report("tcp/22", At(4)) with { Ports = ["tcp/22", "tcp/80"] }).FalseAlerts;

        Assert.Equal(["tcp/22"], Assert.Single(wrong).Ports);
    }

    [Fact]
    public void To_tell_of_a_faint_outbreak_is_no_false_alert_and_to_miss_it_no_fault()
    {
        var (outbreaks, wrong) = Score([Faint], Report("tcp/7547", At(8)));
        Assert.Empty(wrong);
        Assert.False(Assert.Single(outbreaks).Counts);
        Assert.Null(outbreaks[0].DelayWindows);

        var summary = EngineSummary.Of("combination", [Given([Faint, Strong], Report("tcp/7547", At(8)))]);
        Assert.Equal((1, 0, 1, 1, 0), (summary.Outbreaks, summary.Found, summary.Faint, summary.FaintFound, summary.FalseAlerts));
        Assert.Equal((0.0, 1.0), (summary.Recall, summary.Precision));
    }

    [Fact]
    public void One_that_counts_only_over_half_an_hour_counts_for_the_combination_and_not_for_an_engine_of_ten_minutes()
    {
        var slow = Growth("tcp/9034", null, countsFromHalfHour: At(7), strength: 15);
        var engines = new Dictionary<string, int> { ["combination"] = 10, ["glasso"] = 10, ["ntd"] = 30 };
        var counts = OutbreakScorer.Score(World(), [slow], [], engines).Outbreaks.Select(score => (score.Engine, score.CountsAt));

        Assert.Equal([("combination", At(7, 30)), ("glasso", null), ("ntd", At(7, 30))], counts);
    }

    [Fact]
    public void A_summary_adds_up_scenarios()
    {
        var first = Given([Strong], Report("tcp/9034", At(7, 20)), Report("tcp/22", At(3)));
        var second = Given([Strong], Report("tcp/9034", At(7)));
        var third = Given([Strong]);
        var summary = EngineSummary.Of("combination", [first, second, third]);

        Assert.Equal((3, 2, 1), (summary.Outbreaks, summary.Found, summary.FalseAlerts));
        Assert.Equal(2 / 3.0, summary.Recall);
        Assert.Equal(2 / 3.0, summary.RecallInTime);
        Assert.Equal(2 / 3.0, summary.Precision);
        Assert.Equal(-1, summary.MedianDelay);
        Assert.Equal(1, summary.MostDelay);
        // Three scenarios of twelve hours with one sensor each.
        Assert.Equal(1 / 1.5, summary.FalseAlertsPerSensorDay, 6);
        Assert.Equal(2, summary.WorstFalseAlertsPerSensorDay, 6);
    }

    [Fact]
    public void A_false_alert_names_what_sent_to_its_ports_then()
    {
        var world = World() with
        {
            Components =
            [
                new SurveyScanner { Ports = ["tcp/22"], Sources = 9, Neighbors = true, After = TimeSpan.FromHours(1) },
                new Flash { Port = "tcp/22", After = TimeSpan.FromHours(11) },
                new Misconfiguration { Port = "udp/514", Sources = 3 },
            ],
            Outages = [new SensorOutage(TimeSpan.FromHours(2), TimeSpan.FromMinutes(30))],
        };
        var alert = Assert.Single(OutbreakScorer.Score(world, [], [Report("tcp/22", At(3))], Engines).FalseAlerts);

        Assert.Equal(["survey of 9 neighbors", "after an outage"], alert.Suspects);
    }

    [Fact]
    public void Recall_over_strength_has_a_point_for_each_bin_with_outbreaks()
    {
        var curve = RecallPoint.Curve("combination", [Given([Faint, Strong], Report("tcp/9034", At(8)))]);

        Assert.Equal([(6, 12, 1, 0), (80, 160, 1, 1)], curve.Select(point => (point.From, point.To, point.Outbreaks, point.Found)));
    }

    private static IReadOnlyDictionary<string, int> Engines { get; } = new Dictionary<string, int> { ["combination"] = 10 };

    private static DateTimeOffset At(int hour, int minute = 0) => Midnight.AddHours(hour).AddMinutes(minute);

    private static TruthEvent Growth(string port, DateTimeOffset? countsFrom, DateTimeOffset? countsFromHalfHour, int strength) => new()
    {
        Kind = "growth",
        Ports = [port],
        Start = Midnight.AddHours(6),
        End = Midnight.AddHours(9),
        Packets = 1,
        Outbreak = new OutbreakTruth
        {
            Sensor = "east",
            CountsFrom = countsFrom,
            CountsFromHalfHour = countsFromHalfHour,
            Strength = strength,
            HalfHourStrength = strength,
            Hosts = 1,
            Windows = [],
        },
    };

    private static EngineReport Report(string port, DateTimeOffset at, string id = "a", int minutes = 10) =>
        new("combination", id + (port == "tcp/22" ? "x" : ""), "east", [port], at, minutes);

    private static Scenario World() => new() { Name = "w", Dark = [Prefix.Parse("198.18.0.0/24")], Start = Midnight, Duration = TimeSpan.FromHours(12) };

    private static (IReadOnlyList<OutbreakScore> Outbreaks, IReadOnlyList<FalseAlert> FalseAlerts) Score(
        TruthEvent[] truth, params EngineReport[] reports) => OutbreakScorer.Score(World(), truth, reports, Engines);

    private static ScenarioScore Given(TruthEvent[] truth, params EngineReport[] reports)
    {
        var (outbreaks, wrong) = Score(truth, reports);
        return new ScenarioScore { Scenario = "w", SensorDays = 0.5, Packets = 1, Seconds = 1, Outbreaks = outbreaks, FalseAlerts = wrong };
    }
}
