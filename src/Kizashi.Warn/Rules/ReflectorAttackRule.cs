using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>A victim of requests to reflectors becomes reflector.attack, one alert for a victim, an address or a network, over all services and sensors.</summary>
public sealed class ReflectorAttackRule : IAlertRule, INarrator
{
    private const double Many = 100;

    // All sensors are judged together: their numbers are one, whoever of them saw most.
    private const string Judged = "reflectors";

    string INarrator.Kind => EventCatalog.ReflectorAttack;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not ReflectorAttackFinding attack)
            return null;

        var subject = Subject.OfAny(attack.Victim);
        var details = Describe(attack);
        if (attack.Members.Count > 0)
            details[AlertDetails.Victims] = Wording.Words([.. attack.Members.Select(member => member.ToString())]);

        if (attack.Fingerprint.Length > 0)
            details[AlertDetails.Fingerprint] = attack.Fingerprint;

        return new AlertDraft
        {
            Kind = EventCatalog.ReflectorAttack,
            Subject = subject,
            Severity = !attack.Confirmed ? Severity.Low : attack.Score >= Many ? Severity.High : Severity.Medium,
            Confidence = Believe(attack),
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(attack, attack.Requests, Witness(attack), details),
            PartOf = attack.PartOf is { } whole ? (Subject.OfAny(whole.Victim), whole.EventId) : null,
            Sensors = attack.Sensors,
            Ended = attack.State == FindingState.Ended,
            Simulated = attack.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details) =>
        $"{subject} is under an amplification attack {Spread(details)}by {Wording.List(Wording.Read(details, AlertDetails.Ports))}: "
        + $"{Wording.Count(Wording.Number(details, AlertDetails.Packets), "request")} in its name came to reflectors, "
        + $"at most {Wording.Count(Wording.Number(details, AlertDetails.MaxPpm), "request")} a minute.";

    private static string Spread(JsonObject details) => Wording.Number(details, AlertDetails.Hosts) is > 1 and var hosts
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"spread over at least {hosts:N0} addresses ")
        : "";

    private static JsonObject Describe(ReflectorAttackFinding attack) => new()
    {
        [AlertDetails.Protocols] = Wording.Words(["udp"]),
        [AlertDetails.Ports] = Wording.Words(attack.Ports),
        [AlertDetails.PortCount] = attack.Ports.Count,
        [AlertDetails.Packets] = attack.Requests,
        [AlertDetails.Bytes] = attack.Bytes,
        [AlertDetails.WantedBytes] = attack.WantedBytes,
        [AlertDetails.Hosts] = (long)attack.Victims,
        [AlertDetails.Rate] = attack.PerSecond,
        [AlertDetails.MaxPps] = attack.MaxPerSecond,
        [AlertDetails.MaxPpm] = attack.MaxPerMinute,
        [AlertDetails.Commands] = Wording.Words(attack.Commands),
        [AlertDetails.Hints] = Wording.Words(attack.Hints),
        [AlertDetails.Vectors] = new JsonArray([.. attack.Vectors.Select(vector => (JsonNode)new JsonObject
        {
            ["port"] = vector.Port,
            ["sensor"] = Judged,
            ["packets"] = vector.Requests,
            ["bytes"] = vector.Bytes,
        })]),
        [AlertDetails.Growth] = new JsonArray([.. attack.Minutes.Select(minute => (JsonNode)new JsonObject
        {
            ["at"] = minute.At.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["sensor"] = Judged,
            ["packets"] = minute.Packets,
        })]),
        [AlertDetails.DarkAddresses] = attack.Reflectors,
        [AlertDetails.Reasons] = Wording.Words([attack.Confirmed ? "confirmed" : "early"]),
    };

    private static string Witness(ReflectorAttackFinding attack) =>
        $"{Wording.Count(attack.Requests, "request")} on {Wording.List(attack.Ports)} to {Wording.Count(attack.Reflectors, "reflector")}";

    // A hundred requests to one service are rarely a scanner; the early stage may be one that is slow to give up.
    private static double Believe(ReflectorAttackFinding attack) =>
        attack.Confirmed ? Draft.Bounded(0.85 + (0.10 * (1 - (1 / Math.Max(1, attack.Score))))) : 0.60;
}
