using System.Globalization;
using Kizashi.Cli.Terminal;
using Spectre.Console;

namespace Kizashi.Cli.Evaluation;

/// <summary>An evaluation for people: a table of the engines, then what was missed and what was false in the combination.</summary>
internal static class EvaluationText
{
    private const int MostListed = 40;

    public static void Write(IAnsiConsole console, EvaluationResult result)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in (string[])["engine", "found", "recall", "in time", "precision", "delay", "false/day", "faint"])
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());

        foreach (var engine in result.Engines)
        {
            string[] cells =
            [
                engine.Engine, $"{Number(engine.Found)}/{Number(engine.Outbreaks)}", Percent(engine.Recall), Percent(engine.RecallInTime),
                Percent(engine.Precision), $"{Delay(engine.MedianDelay)} {Delay(engine.Delay90)} {Delay(engine.MostDelay)}",
                engine.FalseAlertsPerSensorDay.ToString("0.00", CultureInfo.InvariantCulture),
                $"{Number(engine.FaintFound)}/{Number(engine.Faint)}",
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        console.Write(table);
        console.WriteLine("Delay: median, 90 % and most, in windows of the engine after the first that counts; in time: not more than one.");
        Missed(console, result);
        False(console, result);
    }

    /// <summary>One line on a scenario that is through.</summary>
    public static string Line(ScenarioScore score)
    {
        var own = score.Outbreaks.Where(outbreak => outbreak is { Engine: EngineReport.Combination, Counts: true }).ToArray();
        var found = own.Count(outbreak => outbreak.FoundAt is not null);
        var wrong = score.FalseAlerts.Count(alert => alert.Engine == EngineReport.Combination);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{score.Scenario}: {found} of {own.Length} outbreaks found, {wrong} false alerts in {score.SensorDays:0.0} sensor days; {score.Packets:#,0} packets, {score.Seconds:0} s");
    }

    private static void Missed(IAnsiConsole console, EvaluationResult result)
    {
        var missed = result.Scenarios.SelectMany(score => score.Outbreaks)
            .Where(outbreak => outbreak is { Engine: EngineReport.Combination, Counts: true, FoundAt: null }).ToArray();
        foreach (var outbreak in missed.Take(MostListed))
            console.WriteLine($"missed: {outbreak.Scenario} {outbreak.Sensor} {Ports(outbreak.Ports)} from {Moment(outbreak.Start)}, counts at {Moment(outbreak.CountsAt!.Value)}, strength {Number(outbreak.Strength)}");

        if (missed.Length > MostListed)
            console.WriteLine($"and {Number(missed.Length - MostListed)} more: --csv or --json has all");
    }

    private static void False(IAnsiConsole console, EvaluationResult result)
    {
        var wrong = result.Scenarios.SelectMany(score => score.FalseAlerts)
            .Where(alert => alert.Engine == EngineReport.Combination).ToArray();
        foreach (var alert in wrong.Take(MostListed))
            console.WriteLine($"false: {alert.Scenario} {alert.Sensor} {Ports(alert.Ports)} at {Moment(alert.At)}: {(alert.Suspects.Count == 0 ? "background" : string.Join(", ", alert.Suspects))}");

        if (wrong.Length > MostListed)
            console.WriteLine($"and {Number(wrong.Length - MostListed)} more: --csv or --json has all");
    }

    private static string Ports(IReadOnlyList<string> ports) =>
        TerminalText.Clean(string.Join(',', ports.Take(4)) + (ports.Count > 4 ? $" and {ports.Count - 4} more" : ""));

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share?.ToString("0.0%", CultureInfo.InvariantCulture) ?? "-";

    private static string Delay(double? windows) => windows?.ToString("0.#", CultureInfo.InvariantCulture) ?? "-";
}
