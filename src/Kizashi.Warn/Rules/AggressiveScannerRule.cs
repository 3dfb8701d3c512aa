using System.Globalization;
using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>An aggressive scanner becomes darknet.scanner.aggressive, one alert for a source.</summary>
public sealed class AggressiveScannerRule : IAlertRule, INarrator
{
    private const long Loud = 1_000;
    private const long Faint = 100;

    private readonly IKnownScanners _known;

    public AggressiveScannerRule(IKnownScanners known) => _known = known;

    string INarrator.Kind => EventCatalog.DarknetScannerAggressive;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not AggressiveScannerFinding scanner)
            return null;

        var subject = Subject.Of(scanner.Source);
        var known = _known.NameOf(scanner.Source);
        var details = Describe(scanner, known);
        return new AlertDraft
        {
            Kind = EventCatalog.DarknetScannerAggressive,
            Subject = subject,
            Severity = known is null && (scanner.ByCoverage || scanner.Packets >= Loud) ? Severity.Medium : Severity.Low,
            Confidence = Believe(scanner),
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(scanner, scanner.Packets, Witness(scanner), details),
            Ended = scanner.State == FindingState.Ended,
            Simulated = scanner.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details)
    {
        var known = Wording.Text(details, AlertDetails.KnownScanner);
        return $"{subject}{(known.Length > 0 ? $" ({known})" : "")} is an aggressive scanner: {Reasons(details)}, "
            + $"{Wording.Count(Wording.Number(details, AlertDetails.Packets), "packet")} in all.";
    }

    private static string Reasons(JsonObject details)
    {
        var reasons = new List<string>(3);
        if (Wording.Flag(details, AlertDetails.ByCoverage))
            reasons.Add($"{Wording.Percent(Wording.Number(details, AlertDetails.Coverage))} of the dark addresses in one scan");

        if (Wording.Flag(details, AlertDetails.ByPackets))
            reasons.Add("among the day's top 0.01 % by packets");

        if (Wording.Flag(details, AlertDetails.ByPorts))
        {
            var ports = Wording.Count(Wording.Number(details, AlertDetails.PortCount), "port");
            reasons.Add($"among the day's top 0.01 % by ports ({ports})");
        }

        return Wording.List(reasons);
    }

    private static JsonObject Describe(AggressiveScannerFinding scanner, string? known)
    {
        var details = new JsonObject
        {
            [AlertDetails.ByCoverage] = scanner.ByCoverage,
            [AlertDetails.ByPackets] = scanner.ByPackets,
            [AlertDetails.ByPorts] = scanner.ByPorts,
            [AlertDetails.Packets] = scanner.Packets,
            [AlertDetails.PortCount] = scanner.Ports,
            [AlertDetails.Coverage] = Math.Round(scanner.Coverage, 6),
            [AlertDetails.Day] = scanner.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [AlertDetails.Tools] = Wording.Words(scanner.Tools),
        };
        if (known is not null)
            details[AlertDetails.KnownScanner] = known;

        return details;
    }

    private static string Witness(AggressiveScannerFinding scanner) =>
        string.Create(CultureInfo.InvariantCulture, $"{scanner.Day:yyyy-MM-dd}: ")
        + $"{Wording.Count(scanner.Packets, "packet")} to {Wording.Count(scanner.Ports, "port")}, "
        + $"at most {Wording.Percent(scanner.Coverage)} of the dark addresses in one scan";

    // The definitions rank measured counts; each further one leaves less to doubt. But on a quiet day, or among forged sources
    // with a packet or two each, a handful of packets is enough to be in front.
    private static double Believe(AggressiveScannerFinding scanner)
    {
        var held = (scanner.ByCoverage ? 1 : 0) + (scanner.ByPackets ? 1 : 0) + (scanner.ByPorts ? 1 : 0);
        return Draft.Bounded(0.85 + (0.05 * (held - 1)) - (scanner.Packets < Faint ? 0.35 : 0));
    }
}
