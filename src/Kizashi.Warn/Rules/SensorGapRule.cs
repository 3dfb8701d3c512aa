using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>A sensor that delivers nothing, or loses much, becomes sensor.gap.</summary>
public sealed class SensorGapRule : IAlertRule, INarrator
{
    string INarrator.Kind => EventCatalog.SensorGap;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not SensorGapFinding gap)
            return null;

        var subject = new Subject(SubjectKind.Sensor, gap.Sensor);
        var details = new JsonObject { [AlertDetails.Reason] = gap.Reason, [AlertDetails.Lost] = gap.Lost };
        return new AlertDraft
        {
            Kind = EventCatalog.SensorGap,
            Subject = subject,
            Severity = Severity.Medium,

            // A loss is counted; silence may be a quiet wire.
            Confidence = gap.Lost > 0 ? 0.99 : 0.80,
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(gap, 0, gap.Reason, details),
            Ended = gap.State == FindingState.Ended,
            Simulated = gap.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details)
    {
        var lost = Wording.Number(details, AlertDetails.Lost);
        return $"Sensor {subject} has a gap: {Wording.Text(details, AlertDetails.Reason).TrimEnd('.')}"
            + (lost > 0 ? $", {Wording.Count(lost, "packet")} lost." : ".");
    }
}
