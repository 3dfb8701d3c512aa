using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Forecasting.Surges;

/// <summary>Announces surges hour by hour, and says of each announcement whether it came true.</summary>
public sealed class SurgeJudge(SurgeOptions options)
{
    /// <summary>The sensor of such findings: no sensor of its own.</summary>
    public const string Sensor = "center";

    // Hours below surge height after which the next surge is a new one.
    private const int Apart = 24;

    // An hour; half in a month.
    private const double Forgotten = 0.999;

    private readonly SurgeForecaster _forecaster = new(options);

    /// <summary>Takes the hour that just became known: judges what was announced, announces what is to come.</summary>
    /// <param name="series">Its name and what it counts.</param>
    /// <param name="counts">By the hour, the last is the latest.</param>
    /// <param name="hour">The latest hour, hours since 1970 UTC.</param>
    /// <param name="state">After the hour before.</param>
    /// <param name="forecast">Of the hours that come; null for none.</param>
    /// <param name="tally">Receives what became of announcements.</param>
    /// <param name="findings">Receives what is announced, goes on or is over.</param>
    /// <returns>The state now.</returns>
    public SurgeState Take(
        (string Name, string Count) series, ReadOnlySpan<float> counts, long hour, SurgeState state, SeriesForecast? forecast, SurgeTally tally,
        ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentNullException.ThrowIfNull(findings);
        var isKnown = !float.IsNaN(counts[^1]);
        var usual = UsualCounts.Of(counts, counts.Length - 1);
        var isSurge = isKnown && !double.IsNaN(usual) && counts[^1] >= options.LineOf(usual);
        var wasCalm = state.Surged is not { } surged || hour - surged > Apart;
        var open = state.Open;
        if (open is not null)
            open = open with { Observed = open.Observed + (isKnown ? 1 : 0) };

        if (isSurge && wasCalm)
            open = Came(series, counts, hour, open, tally, findings);
        else if (open is not null && hour >= open.Hour + options.Ahead - 1)
            open = Passed(series, counts, hour, open, tally, findings);

        // What led to a surge was right.
        state = state with { Surged = isSurge ? hour : state.Surged, Open = open, Odds = isSurge ? [] : state.Odds };
        if (!isKnown || state.Surged > hour - Apart || double.IsNaN(usual))
            return state;

        tally.Hours++;
        var outlook = _forecaster.Judge(counts, forecast);
        state = Learn(state, Odds(outlook.Probability));
        if (open is not null || outlook.Probability < options.MinProbability || Odds(outlook.Probability) < state.Bar + options.Margin)
            return state;

        open = new SurgeAnnouncement(hour + 1, outlook, 0);
        findings.Add(Say(series, counts, hour, open, SurgeOutcome.Open));
        return state with { Open = open };
    }

    private static double Odds(double probability) => Math.Clamp(Math.Log(probability / (1 - probability)), -10, 10);

    // What was expected a day ago and has not come: what fools a series once may do so again.
    private SurgeState Learn(SurgeState state, double odds)
    {
        IReadOnlyList<float> all = [.. state.Odds, (float)odds];
        if (all.Count <= options.Ahead)
            return state with { Odds = all };

        var bar = Math.Max(all[0], state.Bar < 0 ? state.Bar : state.Bar * Forgotten);
        return state with { Odds = [.. all.Skip(1)], Bar = bar };
    }

    private SurgeAnnouncement? Came(
        (string Name, string Count) series, ReadOnlySpan<float> counts, long hour, SurgeAnnouncement? open, SurgeTally tally, ICollection<Finding> findings)
    {
        if (open is null)
        {
            tally.Missed++;
            return null;
        }

        // Announced at the end of the hour before the first it speaks of.
        tally.Add((int)(hour - open.Hour) + 1);
        findings.Add(Say(series, counts, hour, open, SurgeOutcome.Came));
        return null;
    }

    private SurgeAnnouncement? Passed(
        (string Name, string Count) series, ReadOnlySpan<float> counts, long hour, SurgeAnnouncement open, SurgeTally tally, ICollection<Finding> findings)
    {
        // Where half of the time was not observed, nobody can say.
        var isKnown = 2 * open.Observed >= options.Ahead;
        if (isKnown)
            tally.False++;

        findings.Add(Say(series, counts, hour, open, isKnown ? SurgeOutcome.StayedAway : SurgeOutcome.Unknown));
        return null;
    }

    private SurgeFinding Say((string Name, string Count) series, ReadOnlySpan<float> counts, long hour, SurgeAnnouncement open, SurgeOutcome outcome)
    {
        var (at, outlook) = (Time(open.Hour), open.Outlook);
        return new SurgeFinding
        {
            EventId = FormattableString.Invariant($"surge {series.Name} {open.Hour}"),
            State = outcome == SurgeOutcome.Open ? FindingState.Ongoing : FindingState.Ended,
            FirstSeen = at,
            LastSeen = outcome == SurgeOutcome.Open ? at : Time(hour + 1),
            Sensor = Sensor,
            Score = outlook.Probability / options.MinProbability,
            Series = series.Name,
            Count = series.Count,
            Announced = at,
            Until = Time(open.Hour + options.Ahead),
            Probability = outlook.Probability,
            Threshold = options.Factor,
            Factor = outlook.Factor,
            FactorLower = outlook.Lower,
            FactorUpper = outlook.Upper,
            ExpectedIn = outlook.Lead,
            Usual = outlook.Usual,
            Now = float.IsNaN(counts[^1]) ? 0 : counts[^1],
            Doubling = outlook.Doubling,
            Outcome = outcome,
            Came = outcome == SurgeOutcome.Came ? Time(hour) : null,
        };
    }

    private static DateTimeOffset Time(long hour) => DateTimeOffset.FromUnixTimeSeconds(hour * 3600);
}
