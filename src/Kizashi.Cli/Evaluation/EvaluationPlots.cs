using System.Globalization;

namespace Kizashi.Cli.Evaluation;

/// <summary>The pictures of an evaluation: recall over strength, and how late outbreaks were found.</summary>
internal static class EvaluationPlots
{
    private const int EarliestWindow = -6;
    private const int LatestWindow = 12;

    /// <summary>Writes recall.svg and delay.svg into a folder, which is made if absent.</summary>
    public static void Write(string folder, EvaluationResult result)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "recall.svg"), Recall(result));
        File.WriteAllText(Path.Combine(folder, "delay.svg"), Delay(result));
    }

    public static string Recall(EvaluationResult result)
    {
        var chart = new SvgChart("Recall over strength", "most /16s with three packets in ten minutes; an outbreak counts from 20 on", "share found");
        Shares(chart);
        (int From, int To)[] bins = [.. result.RecallOverStrength.Select(point => (point.From, point.To)).Distinct().Order()];
        double At(int from) => (Array.FindIndex(bins, bin => bin.From == from) + 0.5) / bins.Length;
        foreach (var (from, to) in bins)
            chart.TickAcross(At(from), Bin(from, to));

        foreach (var engine in result.RecallOverStrength.GroupBy(point => point.Engine))
            chart.Line(engine.Key, [.. engine.Select(point => (At(point.From), (double)point.Found / point.Outbreaks))]);

        return chart.ToString();
    }

    public static string Delay(EvaluationResult result)
    {
        var chart = new SvgChart("Delay of the combination", "windows after the end of the first window that counts", "share of the outbreaks that count");
        Shares(chart);
        var counting = result.Scenarios.SelectMany(score => score.Outbreaks)
            .Where(outbreak => outbreak is { Engine: EngineReport.Combination, Counts: true }).ToArray();
        var bins = LatestWindow - EarliestWindow + 2;
        for (var bin = 0; bin < bins; bin += 2)
            chart.TickAcross((bin + 0.5) / bins, bin == bins - 1 ? "missed" : Text(bin + EarliestWindow));

        chart.TickAcross((bins - 0.5) / bins, "missed");
        chart.Bars("combination", [.. counting
            .CountBy(outbreak => outbreak.DelayWindows is { } delay
                ? (int)Math.Clamp(Math.Ceiling(delay), EarliestWindow, LatestWindow) - EarliestWindow
                : bins - 1)
            .Select(bin => ((bin.Key + 0.1) / bins, (bin.Key + 0.9) / bins, (double)bin.Value / counting.Length))]);
        return chart.ToString();
    }

    private static void Shares(SvgChart chart)
    {
        for (var fifth = 0; fifth <= 5; fifth++)
            chart.TickUp(fifth / 5.0, (fifth / 5.0).ToString("0 %", CultureInfo.InvariantCulture));
    }

    private static string Bin(int from, int to) => to == int.MaxValue ? $"{Text(from)}+" : to == from + 1 ? Text(from) : $"{Text(from)}-{Text(to - 1)}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
