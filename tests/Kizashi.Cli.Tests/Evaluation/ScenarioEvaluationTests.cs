using System.Text.Json;
using System.Xml.Linq;
using Kizashi.Analyze.Cooperation;
using Kizashi.Cli.Evaluation;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Cli.Tests.Evaluation;

public sealed class ScenarioEvaluationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_analyzers_tell_of_simulated_traffic_is_scored_sensor_by_sensor()
    {
        var score = Evaluate();

        Assert.Equal(2 * 4 / 24.0, score.SensorDays, 6);
        var east = Assert.Single(score.Outbreaks, outbreak => outbreak is { Sensor: "east", Engine: "combination" });
        Assert.True(east.Counts);
        Assert.Equal(Start.AddHours(3), east.FoundAt);
        Assert.Equal((Start.AddHours(3) - east.CountsAt!.Value) / TimeSpan.FromMinutes(10), east.DelayWindows);
        Assert.Null(Assert.Single(score.Outbreaks, outbreak => outbreak is { Sensor: "west", Engine: "combination" }).FoundAt);
        // The engines: glasso with the event, ntd half an hour later, the others never.
        Assert.Equal(
            [("baseline", null), ("changefinder", null), ("glasso", Start.AddHours(3)), ("nmf", null), ("ntd", Start.AddHours(3.5))],
            score.Outbreaks.Where(outbreak => outbreak is { Sensor: "east", Engine: not "combination" })
                .Select(outbreak => (outbreak.Engine, outbreak.FoundAt)));
        Assert.Equal(["combination", "glasso"], score.FalseAlerts.Select(alert => alert.Engine));
        Assert.All(score.FalseAlerts, alert => Assert.Equal(("west", Start.AddHours(1)), (alert.Sensor, alert.At)));
    }

    [Fact]
    public void Alarms_of_an_engine_on_a_common_port_are_one_event_until_it_was_silent_for_an_hour()
    {
        var collector = new ReportCollector("east", _ => []);
        foreach (var (hour, ports) in ((double, string[])[])[(1, ["tcp/1"]), (1.5, ["tcp/1", "tcp/2"]), (2.5, ["tcp/2"]), (4, ["tcp/2"]), (4, ["tcp/9"])])
            collector.Hear([new EngineRow("ntd", Start.AddHours(hour), ports, 0, 1, "")], []);

        collector.Hear([new EngineRow("glasso", Start.AddHours(1), ["tcp/1"], 0, 1, ""), new EngineRow("baseline", Start.AddHours(1), [EngineRow.AnyPort], 0, 1, "")], []);
        Assert.Equal(
            ["ntd 0: tcp/1", "ntd 0: tcp/1 tcp/2", "ntd 1: tcp/2", "ntd 2: tcp/9", "glasso 3: tcp/1"],
            collector.Reports.Select(report => $"{report.EventId}: {string.Join(' ', report.Ports)}"));
    }

    [Fact]
    public async Task Scenarios_run_side_by_side_and_come_back_in_their_order()
    {
        ScenarioEvaluation[] evaluations = [Evaluation(hours: 1, "short"), Evaluation(hours: 2, "long"), Evaluation(hours: 1, "last")];
        var run = new EvaluationRun(evaluations, jobs: 2);
        var scores = await run.RunAsync(_ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(["short", "long", "last"], scores.Select(score => score.Scenario));
        Assert.Equal((3, 1.0), (run.Done, run.Progress));
    }

    [Fact]
    public async Task A_run_can_be_cancelled()
    {
        var run = new EvaluationRun([Evaluation()], jobs: 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync(_ => { }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Tables_and_pictures_hold_what_was_found()
    {
        var result = EvaluationResult.Of(EngineWindows.All.Keys, [Evaluate()]);

        var lines = EvaluationCsv.Write(result).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // Two sensors and six engines, two false alerts, the header.
        Assert.Equal(1 + 12 + 2, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
        Assert.Contains("false,w,west,glasso,tcp/22,,,,,2026-03-02T01:00:00Z,,,", lines);
        Assert.Equal(result.Engines.Count, JsonSerializer.SerializeToNode(result, KizashiJson.Options)!["engines"]!.AsArray().Count);
        foreach (var picture in (string[])[EvaluationPlots.Recall(result), EvaluationPlots.Delay(result)])
            Assert.Equal("svg", XDocument.Parse(picture).Root!.Name.LocalName);

        Assert.Contains("combination", EvaluationPlots.Delay(result), StringComparison.Ordinal);
    }

    private static ScenarioScore Evaluate() => Evaluation().Run(TestContext.Current.CancellationToken);

    private static ScenarioEvaluation Evaluation(double hours = 4, string name = "w")
    {
        SimulatedSensor[] sensors = [new("east", [Prefix.Parse("198.18.0.0/22")]), new("west", [Prefix.Parse("198.18.8.0/24")])];
        var scenario = new Scenario
        {
            Name = name,
            Dark = [.. sensors.SelectMany(sensor => sensor.Dark)],
            Sensors = sensors,
            Start = Start,
            Duration = TimeSpan.FromHours(hours),
            Components =
            [
                new BackgroundRadiation { SecondsPerAddress = 300 },
                new Outbreak { Ports = ["tcp/9034"], Population = 300, Seeds = 30, GrowthPerHour = 2, PacketsPerSecond = 30_000, After = TimeSpan.FromMinutes(20) },
            ],
        };
        EngineVote glasso = new("glasso", 1, Start.AddHours(3));
        EngineVote ntd = new("ntd", 1, Start.AddHours(3.5));
        return new ScenarioEvaluation(
            scenario,
            (sensor, listener) => sensor.Name == "east"
                ? [new TellingAnalyzer("east", listener, (Start.AddHours(3), "a", ["tcp/9034"], [glasso]), (Start.AddHours(3.5), "a", ["tcp/9034"], [glasso, ntd]))]
                : [new TellingAnalyzer("west", listener, (Start.AddHours(1), "b", ["tcp/22"], [glasso with { WindowEnd = Start }]))],
            TimeProvider.System);
    }
}
