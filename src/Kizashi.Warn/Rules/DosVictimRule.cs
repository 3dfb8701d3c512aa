using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>A victim of a forged-source attack becomes darknet.dos-victim, one alert for a victim over all protocols.</summary>
public sealed class DosVictimRule : IAlertRule, INarrator
{
    string INarrator.Kind => EventCatalog.DarknetDosVictim;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not DosVictimFinding attack)
            return null;

        var subject = Subject.Of(attack.Victim);
        var details = Describe(attack);
        return new AlertDraft
        {
            Kind = EventCatalog.DarknetDosVictim,
            Subject = subject,
            Severity = attack.Score >= 10 ? Severity.High : Severity.Medium,
            Confidence = Believe(attack),
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(attack, attack.Packets, Witness(attack), details),
            Ended = attack.State == FindingState.Ended,
            Simulated = attack.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details)
    {
        var where = Wording.Read(details, AlertDetails.Ports);
        return $"{subject} is under a denial-of-service attack on {Wording.List(where)} with forged sources: "
            + $"{Wording.Count(Wording.Number(details, AlertDetails.Packets), "answer")} reached the darknet, "
            + $"at most {Wording.Count(Wording.Number(details, AlertDetails.MaxPpm), "packet")} a minute.";
    }

    private static JsonObject Describe(DosVictimFinding attack) => new()
    {
        [AlertDetails.Protocols] = Wording.Words([Wording.Protocol(attack.Protocol)]),
        [AlertDetails.Ports] = Wording.Words(
            [attack.Port == 0 ? Wording.Protocol(attack.Protocol) : Wording.Port(attack.Protocol, attack.Port)]),
        [AlertDetails.PortCount] = Math.Round(attack.Ports),
        [AlertDetails.Packets] = attack.Packets,
        [AlertDetails.Bytes] = attack.Bytes,
        [AlertDetails.MaxPpm] = attack.MaxPacketsPerMinute,
        [AlertDetails.DarkAddresses] = Math.Round(attack.DarkAddresses),
        [AlertDetails.Reasons] = Wording.Words(attack.Reasons),
        [AlertDetails.Mismatches] = attack.Mismatches,
    };

    private static string Witness(DosVictimFinding attack) =>
        $"{Wording.Count(attack.Packets, "answer")} ({Wording.List(attack.Reasons)}) of the {Wording.Protocol(attack.Protocol)} "
        + $"attack at about {Wording.Count(attack.DarkAddresses, "dark address", "dark addresses")}";

    // Seven and a half in ten at the thresholds. Forged sources are drawn at random, so answers at one or two dark addresses
    // are rather a broken host; a quoted source that is not the dark address they came to speaks against backscatter too.
    private static double Believe(DosVictimFinding attack)
    {
        var confidence = 0.75 + (0.20 * (1 - (1 / Math.Max(1, attack.Score))));
        if (attack.DarkAddresses is > 0 and < 3)
            confidence -= 0.20;

        if (attack.Packets > 0)
            confidence -= 0.20 * Math.Min(1, (double)attack.Mismatches / attack.Packets);

        return Draft.Bounded(attack.Reasons.Count > 1 ? confidence + 0.03 : confidence);
    }
}
