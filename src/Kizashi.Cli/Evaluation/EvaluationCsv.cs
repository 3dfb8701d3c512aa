using System.Globalization;
using System.Text;

namespace Kizashi.Cli.Evaluation;

/// <summary>An evaluation as one table: a line for each outbreak and engine, and one for each false alert.</summary>
internal static class EvaluationCsv
{
    private static readonly string[] Columns =
        ["row", "scenario", "sensor", "engine", "ports", "strength", "counts", "start", "counts_at", "at", "delay_windows", "duplicates", "suspects"];

    public static string Write(EvaluationResult result)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        foreach (var score in result.Scenarios)
        {
            foreach (var outbreak in score.Outbreaks)
            {
                Line(
                    text, "outbreak", outbreak.Scenario, outbreak.Sensor, outbreak.Engine, string.Join(' ', outbreak.Ports),
                    Text(outbreak.Strength), outbreak.Counts ? "1" : "0", Text(outbreak.Start), Text(outbreak.CountsAt), Text(outbreak.FoundAt),
                    Text(outbreak.DelayWindows), Text(outbreak.Duplicates), "");
            }

            foreach (var alert in score.FalseAlerts)
            {
                Line(
                    text, "false", alert.Scenario, alert.Sensor, alert.Engine, string.Join(' ', alert.Ports),
                    "", "", "", "", Text(alert.At), "", "", string.Join("; ", alert.Suspects));
            }
        }

        return text.ToString();
    }

    private static string Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static void Line(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
            text.Append(i == 0 ? "" : ",").Append(Cell(cells[i]));

        text.Append('\n');
    }

    // RFC 4180; a scenario's name may hold anything, and a leading = + - @ would be a formula to a spreadsheet.
    private static string Cell(string cell)
    {
        var safe = cell.Length > 0 && cell[0] is '=' or '+' or '@' ? "'" + cell : cell;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
