using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;

namespace Kizashi.Cli.Evaluation;

/// <summary>Holds what engines told against the truth of a scenario.</summary>
/// <remarks>
/// A report tells of an outbreak when it names one of its ports, at least half of what it names are its ports, and it came after
/// the outbreak's first packet and not later than a window after its last. An event that was open before the outbreak began never tells of it, whatever it says
/// later: else one alert that never ends would find all. What tells of none is false, once for each event. An outbreak that
/// counts in no window of the engine is faint: to miss it is no fault, and to tell of it is no false alert.
/// </remarks>
internal static class OutbreakScorer
{
    /// <param name="scenario">What was simulated.</param>
    /// <param name="truth">All that was told of it.</param>
    /// <param name="reports">Of all engines and sensors, in the order of time.</param>
    /// <param name="engines">Engines that took part, whether they spoke or not, with the length of their windows.</param>
    public static (IReadOnlyList<OutbreakScore> Outbreaks, IReadOnlyList<FalseAlert> FalseAlerts) Score(
        Scenario scenario, IReadOnlyList<TruthEvent> truth, IReadOnlyList<EngineReport> reports, IReadOnlyDictionary<string, int> engines)
    {
        var outbreaks = truth.Where(told => told.Outbreak is not null).ToArray();
        var scores = new List<OutbreakScore>();
        var falseAlerts = new List<FalseAlert>();
        foreach (var (engine, window) in engines)
        {
            EngineReport[][] alerts = [.. reports.Where(report => report.Engine == engine)
                .GroupBy(report => (report.Sensor, report.EventId)).Select(alert => alert.ToArray())];
            scores.AddRange(outbreaks.Select(outbreak => Score(scenario.Name, outbreak, alerts, (engine, window))));
            falseAlerts.AddRange(alerts
                .Where(alert => !outbreaks.Any(outbreak => FirstTelling(alert, outbreak) is not null))
                .Select(alert => alert[0])
                .Select(first => new FalseAlert(scenario.Name, first.Sensor, engine, first.Ports, first.At, Suspects(scenario, first)) { By = first.By }));
        }

        return (scores, falseAlerts);
    }

    // The first report of an event that tells of an outbreak, null when none does.
    private static EngineReport? FirstTelling(EngineReport[] alert, TruthEvent outbreak) =>
        alert[0].At > outbreak.Start ? alert.FirstOrDefault(report => TellsOf(report, outbreak)) : null;

    private static bool TellsOf(EngineReport report, TruthEvent outbreak)
    {
        if (report.Sensor != outbreak.Outbreak!.Sensor)
            return false;

        var common = report.Ports.Count(port => outbreak.Ports.Contains(port));
        var begin = report.At - TimeSpan.FromMinutes(report.WindowMinutes);
        return common > 0 && common * 2 >= report.Ports.Count && report.At > outbreak.Start && begin <= outbreak.End;
    }

    private static OutbreakScore Score(
        string scenario, TruthEvent outbreak, EngineReport[][] alerts, (string Name, int Window) engine)
    {
        var telling = alerts.Select(alert => FirstTelling(alert, outbreak)).OfType<EngineReport>().ToArray();
        var first = telling.MinBy(report => report.At);
        var window = TimeSpan.FromMinutes(first?.WindowMinutes ?? engine.Window);
        var countsAt = CountsAt(outbreak.Outbreak!, window, engine.Name);
        return new OutbreakScore
        {
            Scenario = scenario,
            Sensor = outbreak.Outbreak!.Sensor,
            Engine = engine.Name,
            Ports = outbreak.Ports,
            Start = outbreak.Start,
            Strength = outbreak.Outbreak.Strength,
            Counts = countsAt is not null,
            CountsAt = countsAt,
            FoundAt = first?.At,
            DelayWindows = first is null || countsAt is null ? null : (first.At - countsAt.Value) / window,
            Duplicates = Math.Max(0, telling.Length - 1),
        };
    }

    // The combination reports in windows of either length, so for it an outbreak counts that counts in either.
    private static DateTimeOffset? CountsAt(OutbreakTruth truth, TimeSpan window, string engine)
    {
        var (ten, thirty) = (truth.CountsFrom?.AddMinutes(10), truth.CountsFromHalfHour?.AddMinutes(30));
        if (window > TimeSpan.FromMinutes(10))
            return thirty;

        return ten ?? (engine == EngineReport.Combination ? thirty : null);
    }

    private static List<string> Suspects(Scenario scenario, EngineReport report)
    {
        var (to, from) = (report.At, report.At - TimeSpan.FromMinutes(report.WindowMinutes));
        var suspects = new List<string>();
        foreach (var component in scenario.Components)
        {
            var begin = scenario.Start + component.After;
            var sends = begin < to && (component.Length is not { } length || begin + length > from);
            if (sends && PortsOf(component).Any(report.Ports.Contains))
                suspects.Add(NameOf(component));
        }

        suspects.AddRange(scenario.Outages
            .Where(outage => Near(scenario.Start + outage.After + outage.Length, report.At)).Select(_ => "after an outage"));
        suspects.AddRange(scenario.ClockSteps
            .Where(step => Near(scenario.Start + step.After + step.By, report.At)).Select(_ => "after a clock step"));
        suspects.AddRange(scenario.Repeats
            .Where(repeat => Near(scenario.Start + repeat.After, report.At)).Select(_ => "in repeated minutes"));
        return suspects;
    }

    private static bool Near(DateTimeOffset disturbance, DateTimeOffset report) =>
        (report - disturbance).Duration() <= TimeSpan.FromHours(1);

    private static IEnumerable<string> PortsOf(TrafficComponent component) => component switch
    {
        SurveyScanner survey => survey.Ports,
        MiraiScanning => ["tcp/23", "tcp/2323"],
        Misconfiguration misconfiguration => [misconfiguration.Port],
        Flash flash => [flash.Port],
        OwnHosts own => [own.Port],
        Outbreak outbreak => outbreak.Ports,
        _ => [],
    };

    private static string NameOf(TrafficComponent component) => component switch
    {
        SurveyScanner survey => $"survey of {survey.Sources} {(survey.Neighbors ? "neighbors" : "scattered sources")}",
        MiraiScanning => "Mirai population",
        Misconfiguration misconfiguration => $"misconfiguration of {misconfiguration.Sources} sources",
        Flash => "flash",
        Outbreak => "an outbreak, but before it began or among too many ports",
        _ => component.GetType().Name,
    };
}
