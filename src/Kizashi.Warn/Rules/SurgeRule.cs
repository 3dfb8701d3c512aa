using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>A series that is about to surge becomes forecast.surge; once its time is over the alert says whether it did.</summary>
public sealed class SurgeRule : IAlertRule, INarrator
{
    private const double VeryLikely = 0.95;
    private const double VeryHigh = 10;

    string INarrator.Kind => EventCatalog.ForecastSurge;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not SurgeFinding surge)
            return null;

        var subject = new Subject(SubjectKind.Series, surge.Series);
        var details = Describe(surge);
        return new AlertDraft
        {
            Kind = EventCatalog.ForecastSurge,
            Subject = subject,
            Severity = surge.Outcome is SurgeOutcome.StayedAway or SurgeOutcome.Unknown ? Severity.Low
                : surge is { Probability: >= VeryLikely, Factor: >= VeryHigh } ? Severity.High : Severity.Medium,
            Confidence = Draft.Bounded(surge.Probability),
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(surge, 0, Tell(subject, details), details),
            Ended = surge.State == FindingState.Ended,
            Simulated = surge.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details)
    {
        var said = $"{subject} ({Wording.Text(details, AlertDetails.Count)}) was expected to reach {Times(details, AlertDetails.Factor)}x the usual within a day";
        return Wording.Text(details, AlertDetails.Outcome) switch
        {
            "came" => $"{said}, and surged {Wording.Count(Wording.Number(details, AlertDetails.Lead), "hour")} later.",
            "stayed-away" => said + ", and did not surge.",
            "unknown" => said + "; nothing observed whether it did.",
            _ => $"{subject} ({Wording.Text(details, AlertDetails.Count)}) is expected to reach {Times(details, AlertDetails.Factor)}x the usual within a day "
                + $"(95 %: {Times(details, AlertDetails.FactorLower)}-{Times(details, AlertDetails.FactorUpper)}x), "
                + $"with a probability of {Wording.Percent(Wording.Number(details, AlertDetails.Probability))}, in about {Wording.Count(Wording.Number(details, AlertDetails.ExpectedIn), "hour")}: "
                + (details.ContainsKey(AlertDetails.Doubling)
                    ? $"what it counts above the usual doubles every {Wording.Number(details, AlertDetails.Doubling).ToString("0.#", CultureInfo.InvariantCulture)} hours."
                    : "it did so in earlier weeks."),
        };
    }

    private static string Times(JsonObject details, string key)
    {
        var times = Wording.Number(details, key);
        return times.ToString(times < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
    }

    private static JsonObject Describe(SurgeFinding surge)
    {
        var details = new JsonObject
        {
            [AlertDetails.Count] = surge.Count,
            [AlertDetails.Until] = surge.Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            [AlertDetails.Probability] = Math.Round(surge.Probability, 3),
            [AlertDetails.Threshold] = surge.Threshold,
            [AlertDetails.Factor] = Math.Round(surge.Factor, 2),
            [AlertDetails.FactorLower] = Math.Round(surge.FactorLower, 2),
            [AlertDetails.FactorUpper] = Math.Round(surge.FactorUpper, 2),
            [AlertDetails.ExpectedIn] = Math.Round(surge.ExpectedIn, 1),
            [AlertDetails.Usual] = Math.Round(surge.Usual, 2),
            [AlertDetails.Now] = Math.Round(surge.Now, 2),
            [AlertDetails.Outcome] = JsonNamingPolicy.KebabCaseLower.ConvertName(surge.Outcome.ToString()),
        };
        if (surge.Doubling is { } doubling)
            details[AlertDetails.Doubling] = Math.Round(doubling, 1);

        if (surge.Came is { } came)
            details[AlertDetails.Lead] = Math.Round((came - surge.Announced).TotalHours + 1);

        return details;
    }
}
