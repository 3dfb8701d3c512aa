namespace Kizashi.Cli.Evaluation;

/// <summary>How one engine did over all scenarios.</summary>
internal sealed record EngineSummary
{
    public required string Engine { get; init; }

    /// <summary>Outbreaks that count, sensor by sensor.</summary>
    public required int Outbreaks { get; init; }

    /// <summary>Those of them that it told of.</summary>
    public required int Found { get; init; }

    /// <summary>Share of those found, 0..1; null without any.</summary>
    public double? Recall { get; init; }

    /// <summary>Share found not more than one window after they counted.</summary>
    public double? RecallInTime { get; init; }

    /// <summary>Outbreaks that do not count.</summary>
    public required int Faint { get; init; }

    public required int FaintFound { get; init; }

    /// <summary>Alerts that told of some outbreak, duplicates included.</summary>
    public required int TrueAlerts { get; init; }

    public required int Duplicates { get; init; }

    public required int FalseAlerts { get; init; }

    /// <summary>Share of its alerts that told of an outbreak, 0..1; null without alerts.</summary>
    public double? Precision { get; init; }

    /// <summary>Windows from the end of the first that counts; the median of those found, early ones as negative numbers.</summary>
    public double? MedianDelay { get; init; }

    /// <summary>Nine of ten found ones came with no more delay.</summary>
    public double? Delay90 { get; init; }

    public double? MostDelay { get; init; }

    public required double FalseAlertsPerSensorDay { get; init; }

    /// <summary>Most false alerts that any one scenario had, for each of its sensor days.</summary>
    public required double WorstFalseAlertsPerSensorDay { get; init; }

    public static EngineSummary Of(string engine, IReadOnlyList<ScenarioScore> scores)
    {
        var outbreaks = scores.SelectMany(score => score.Outbreaks).Where(outbreak => outbreak.Engine == engine).ToArray();
        var counting = outbreaks.Where(outbreak => outbreak.Counts).ToArray();
        var found = counting.Where(outbreak => outbreak.FoundAt is not null).ToArray();
        var faintFound = outbreaks.Count(outbreak => !outbreak.Counts && outbreak.FoundAt is not null);
        var duplicates = outbreaks.Sum(outbreak => outbreak.Duplicates);
        var told = found.Length + faintFound + duplicates;
        var wrong = scores.Sum(score => FalseOf(score, engine));
        double[] delays = [.. found.Select(outbreak => outbreak.DelayWindows!.Value).Order()];
        return new EngineSummary
        {
            Engine = engine,
            Outbreaks = counting.Length,
            Found = found.Length,
            Recall = Share(found.Length, counting.Length),
            RecallInTime = Share(delays.Count(delay => delay <= 1), counting.Length),
            Faint = outbreaks.Length - counting.Length,
            FaintFound = faintFound,
            TrueAlerts = told,
            Duplicates = duplicates,
            FalseAlerts = wrong,
            Precision = Share(told, told + wrong),
            MedianDelay = Quantile(delays, 0.5),
            Delay90 = Quantile(delays, 0.9),
            MostDelay = Quantile(delays, 1),
            FalseAlertsPerSensorDay = wrong / Math.Max(1e-9, scores.Sum(score => score.SensorDays)),
            WorstFalseAlertsPerSensorDay = scores.Max(score => FalseOf(score, engine) / score.SensorDays),
        };
    }

    private static int FalseOf(ScenarioScore score, string engine) => score.FalseAlerts.Count(alert => alert.Engine == engine);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    private static double? Quantile(double[] ordered, double share) =>
        ordered.Length == 0 ? null : ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)];
}
